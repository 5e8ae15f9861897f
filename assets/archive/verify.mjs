// 票不漏 Slipsure: checks an archive by itself. 核对销售存档，不依赖任何软件包。
//
//   node verify.mjs [FOLDER] [--key ID] [--code CODE]...
//
// FOLDER  the unpacked archive; default: where this file is          解压后的存档文件夹，默认本文件所在处
// --key   id of the till's key as the till shows it                  收银台上显示的密钥编号
// --code  code of a slip, or head of a day-end report                小票上的校验码，或日结单上的日志头
//
// 0: true, and every sale had its receipt settled    真实，且每笔销售的小票都有交代
// 1: true, and some receipts are still owed          真实，但还有小票没交代
// 2: changed, not whole, or can't be checked         被改过、不完整，或无法核对
//
// Needs Node 18 or newer and nothing else. Reads only.
import { createHash, createPublicKey, verify } from "node:crypto";
import { createReadStream, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

const MEANING = {
  printedA: "打印机证明已打出 / proven by the printer (grade A)",
  printedB: "打印机证明已打出 / proven by the printer (grade B)",
  seen: "由人确认已打出 / seen by a person",
  declined: "顾客不要 / declined by the customer",
  handwritten: "手写小票 / written by hand",
  delivered: "电子小票 / sent as an e-receipt",
  owed: "仍欠小票 / still owed",
};
const HEADER =
  "\ufeff单号 no,时间 time,营业日 day,收银员 cashier,币种 currency,金额 total,小票 receipt,说明 meaning," +
  "纸上标记 mark,由谁 by,批准人 allowed by,交代时间 settled at,理由 reason,手写单号 paper no,出纸次数 papers\r\n";
const KIND = { dayOpened: 2, sale: 3, receipt: 4, dayClosed: 5, keyChanged: 13, damage: 16 };
const SETTLED = ["printed", "delivered", "declined", "handwritten"];

/** Ends the check: what is wrong, in both languages. */
class Wrong extends Error {}
const wrong = (zh, en) => {
  throw new Wrong(`${zh}\n     ${en}`);
};
const say = (line) => process.stdout.write(`${line}\n`);
const passed = (zh, en) => say(`[OK] ${zh}\n     ${en}`);
const sha256 = (data, encoding) => createHash("sha256").update(data).digest(encoding);

function options(args) {
  /** @type {string[]} */
  const codes = [];
  const chosen = { dir: dirname(fileURLToPath(import.meta.url)), key: null, codes };
  for (let at = 0; at < args.length; at += 1) {
    if (args[at] === "--key") chosen.key = args[(at += 1)] ?? "";
    else if (args[at] === "--code") chosen.codes.push((args[(at += 1)] ?? "").toLowerCase());
    else chosen.dir = args[at];
  }
  return chosen;
}

/** A check of signatures by one public key: 32 bytes of Ed25519, base64url. */
function checker(publicKey) {
  const key = createPublicKey({ key: { kty: "OKP", crv: "Ed25519", x: publicKey }, format: "jwk" });
  return (text, signature) => {
    const bytes = Buffer.from(signature, "base64url");
    // One signature, one spelling.
    return bytes.toString("base64url") === signature && verify(null, Buffer.from(text), key, bytes);
  };
}

function readManifest(dir, knownKey) {
  const text = readFileSync(join(dir, "manifest.json"), "utf8");
  const signature = readFileSync(join(dir, "manifest.sig"), "utf8").trim();
  const manifest = JSON.parse(text);
  if (manifest.format !== "slipsure archive 1")
    wrong("存档格式不认识", `unknown format ${manifest.format}`);
  const keys = new Map();
  for (const { keyId, publicKey } of manifest.keys) {
    if (sha256(publicKey, "base64url").slice(0, 16) !== keyId)
      wrong(`密钥编号 ${keyId} 与公钥不符`, `key id ${keyId} is not that of its public key`);
    keys.set(keyId, checker(publicKey));
  }
  if (!keys.get(manifest.till.keyId)?.(`slipsure archive 1\n${text}`, signature))
    wrong("清单 manifest.json 的签名不对，清单被改过", "manifest.json does not fit its signature");
  if (knownKey !== null && manifest.till.keyId !== knownKey)
    wrong(
      `签名用的不是密钥 ${knownKey}，而是 ${manifest.till.keyId}`,
      `signed with key ${manifest.till.keyId}, not with ${knownKey}`,
    );
  passed("清单的签名正确", "the manifest is signed");
  return { manifest, keys };
}

/** Size and check sum of every file, as the manifest has them. */
async function checkFiles(dir, files) {
  for (const { name, bytes, sha256: expected } of files) {
    if (!/^[\w.-]+$/.test(name)) wrong(`文件名 ${name} 不合规`, `file name ${name}`);
    const sum = createHash("sha256");
    let size = 0;
    for await (const piece of createReadStream(join(dir, name))) {
      sum.update(piece);
      size += piece.length;
    }
    if (size !== bytes || sum.digest("hex") !== expected)
      wrong(`文件 ${name} 被改过`, `the file ${name} was changed`);
  }
  for (const name of ["events.jsonl", "anchors.jsonl", "receipts.csv"])
    if (!files.some((file) => file.name === name))
      wrong(`清单里没有 ${name}`, `the manifest does not name ${name}`);
  passed(`${files.length} 个文件与清单一致`, `${files.length} files are as the manifest says`);
}

const linesOf = (dir, name) =>
  createInterface({ input: createReadStream(join(dir, name)), crlfDelay: 0 });

async function readAnchors(dir, { till, headAfter }, keys) {
  const anchors = new Map();
  let previous = null;
  for await (const line of linesOf(dir, "anchors.jsonl")) {
    const { seq, prev, atMs, reason, hash, keyId, sig } = JSON.parse(line);
    const text = ["slipsure anchor 1", till.id, seq, prev, atMs, reason, hash, keyId].join("|");
    if (!keys.get(keyId)?.(text, sig))
      wrong(`事件 ${seq} 上的签名不对`, `the signature on event ${seq} is wrong`);
    if (previous !== null && prev !== previous)
      wrong(`事件 ${prev} 上的签名不见了`, `the signature on event ${prev} is missing`);
    previous = seq;
    anchors.set(seq, hash);
  }
  if (previous !== headAfter.seq)
    wrong("最后一个事件没有签名", "the last event is not signed");
  return anchors;
}

/** The chain, event by event; `each` is told of every one. */
async function readEvents(dir, { headBefore, headAfter }, anchors, each) {
  let { seq, hash: previous } = headBefore;
  for await (const line of linesOf(dir, "events.jsonl")) {
    seq += 1;
    const cut = line.indexOf(',"body":');
    const body = line.slice(cut + 8, -1);
    const event = JSON.parse(line);
    const { atMs, kind, actor, ref, hash } = event;
    // Written in one way only, so that nothing can hide beside what is hashed.
    const spelled = `{"seq":${seq},"atMs":${atMs},"kind":${kind},"actor":${actor},"ref":${ref},"hash":"${hash}","body":${body}}`;
    if (event.seq !== seq || spelled !== line)
      wrong(`第 ${seq} 个事件缺失或写法不对`, `event ${seq} is missing or misspelled`);
    const link = [previous, seq, atMs, kind, actor, ref ?? "", body].join("|");
    if (sha256(link, "base64url") !== hash)
      wrong(`事件 ${seq} 被改过，或它前一条被改过`, `event ${seq}, or the one before, was changed`);
    if (anchors.has(seq) && anchors.get(seq) !== hash)
      wrong(`事件 ${seq} 与其签名不符，历史被重写`, `event ${seq} does not fit its signature`);
    previous = hash;
    each(event);
  }
  if (seq !== headAfter.seq || previous !== headAfter.hash)
    wrong(`事件到 ${seq} 为止，应到 ${headAfter.seq}`, `events end at ${seq}, not at ${headAfter.seq}`);
}

/** Sales of the period and their receipts, worked out from the events and nothing else. */
class Ledger {
  constructor({ from, to }) {
    this.from = from;
    this.to = to;
    this.days = new Map();
    this.sales = new Map();
    this.notes = [];
    this.last = null;
  }

  event({ seq, atMs, kind, ref, body }) {
    if (kind === KIND.dayOpened) {
      if (body.date >= this.from && body.date <= this.to)
        this.days.set(ref, { date: body.date, sales: 0, totalMinor: 0 });
    } else if (kind === KIND.sale) this.sold(ref, body);
    else if (kind === KIND.receipt) this.receipt(ref, atMs, body);
    else if (kind === KIND.dayClosed) this.closed(ref, body);
    else if (kind === KIND.keyChanged)
      this.notes.push(
        `从事件 ${seq} 起换了签名密钥：${body.keyId} / the signing key changed at event ${seq}: ${body.keyId}`,
      );
    else if (kind === KIND.damage)
      this.notes.push(
        `事件 ${seq} 记着收银台自己发现的损坏 / at event ${seq} the till itself recorded damage`,
      );
  }

  sold(ref, body) {
    const day = this.days.get(body.dayId);
    if (!day) return;
    if (body.receiptNo !== ref || this.sales.has(ref))
      wrong(`单号 ${ref} 有两次或不符`, `sale ${ref} is there twice`);
    const { last } = this;
    if (last !== null && last.dayId === body.dayId && ref !== last.ref + 1)
      wrong(`单号从 ${last.ref} 跳到 ${ref}`, `numbers jump from ${last.ref} to ${ref}`);
    this.last = { ref, dayId: body.dayId };
    day.sales += 1;
    day.totalMinor += body.totalMinor;
    this.sales.set(ref, {
      no: ref,
      day: day.date,
      atMs: body.atMs,
      offsetMin: body.utcOffsetMin,
      cashier: body.cashier,
      currency: body.currency,
      totalMinor: body.totalMinor,
      state: "due",
      how: "owed",
      papers: 0,
      marks: new Map(),
      proof: {},
    });
  }

  receipt(ref, atMs, body) {
    const sale = this.sales.get(ref);
    if (!sale) return;
    const isSettled = SETTLED.includes(sale.state);
    switch (body.type) {
      case "attemptStarted":
        sale.papers += 1;
        sale.marks.set(body.attempt, body.mark ?? "original");
        break;
      case "attemptNotTaken":
        sale.papers -= 1;
        break;
      case "attemptPrinted":
        if (isSettled) break;
        sale.state = "printed";
        sale.how = body.grade === "A" ? "printedA" : "printedB";
        sale.proof = { atMs, mark: sale.marks.get(body.attempt) ?? "original" };
        break;
      case "settled":
        sale.state = body.how === "person" ? "printed" : body.how;
        sale.how = body.how === "person" ? "seen" : body.how;
        sale.proof = { ...body, atMs };
        break;
    }
  }

  closed(ref, { sales, totalMinor }) {
    const day = this.days.get(ref);
    if (day && (day.sales !== sales || day.totalMinor !== totalMinor))
      wrong(
        `${day.date} 日结记的是 ${sales} 笔，存档里是 ${day.sales} 笔，或金额不符`,
        `the closing of ${day.date} says ${sales} sales, the archive has ${day.sales}, or the sum differs`,
      );
  }
}

const clock = (atMs, offsetMin) =>
  new Date(atMs + offsetMin * 60_000).toISOString().slice(0, 19).replace("T", " ");

function amount(minor, digits) {
  const text = String(Math.abs(minor)).padStart(digits + 1, "0");
  const point = digits === 0 ? text : `${text.slice(0, -digits)}.${text.slice(-digits)}`;
  return (minor < 0 ? "-" : "") + point;
}

function cell(text) {
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

function csvLine(sale, digits) {
  const { proof, offsetMin } = sale;
  const cells = [
    String(sale.no),
    clock(sale.atMs, offsetMin),
    sale.day,
    sale.cashier,
    sale.currency,
    amount(sale.totalMinor, digits.get(sale.currency)),
    sale.how,
    MEANING[sale.how],
    proof.mark ?? "",
    proof.by ?? "",
    proof.allowedBy ?? "",
    proof.atMs === undefined ? "" : clock(proof.atMs, offsetMin),
    proof.reason ?? "",
    proof.paperNo ?? "",
    String(sale.papers),
  ];
  return `${cells.map(cell).join(",")}\r\n`;
}

/** The list, the counts and the sums, worked out anew and held against what the archive says. */
function checkList(dir, manifest, sales) {
  const digits = new Map(manifest.totals.map((each) => [each.currency, each.minorDigits]));
  const lines = [HEADER];
  const receipts = Object.fromEntries(Object.keys(MEANING).map((how) => [how, 0]));
  const totals = new Map();
  for (const sale of sales) {
    lines.push(csvLine(sale, digits));
    receipts[sale.how] += 1;
    totals.set(sale.currency, (totals.get(sale.currency) ?? 0) + sale.totalMinor);
  }
  if (lines.join("") !== readFileSync(join(dir, "receipts.csv"), "utf8"))
    wrong("receipts.csv 与事件不符", "receipts.csv is not what the events say");
  const told = manifest.totals.map(({ currency, totalMinor }) => [currency, totalMinor]);
  const isSame =
    manifest.counts.sales === sales.length &&
    JSON.stringify(told) === JSON.stringify([...totals]) &&
    Object.keys(MEANING).every((how) => manifest.receipts[how] === receipts[how]);
  if (!isSame) wrong("清单里的笔数或金额与事件不符", "counts or sums of the manifest are not right");
  passed(`小票清单和金额可由事件重新算出`, `receipts.csv and the sums follow from the events`);
  return receipts;
}

function verdict(manifest, receipts, sales, notes) {
  const { shop, till, period, totals, counts, headAfter } = manifest;
  say("");
  say(`店铺 shop: ${shop}    收银台 till: ${till.id}    密钥 key: ${till.keyId}`);
  say(`期间 period: ${period.from} – ${period.to}`);
  const sums = totals.map((each) => `${each.currency} ${amount(each.totalMinor, each.minorDigits)}`);
  say(`销售 sales: ${counts.sales}（${counts.firstSale} – ${counts.lastSale}），${sums.join(", ")}`);
  for (const [how, meaning] of Object.entries(MEANING))
    if (receipts[how] > 0) say(`  ${String(receipts[how]).padStart(7)}  ${meaning}`);
  for (const note of notes) say(`注意 note: ${note}`);
  say("");
  const { owed } = receipts;
  if (owed === 0) {
    say(`结论：存档真实完整；${counts.sales} 笔销售，每一笔的小票都有交代。`);
    say(`Verdict: true and whole; each of ${counts.sales} sales had its receipt settled.`);
  } else {
    const numbers = sales.filter(({ how }) => how === "owed").map(({ no }) => no);
    const list = numbers.slice(0, 20).join(", ") + (owed > 20 ? " …" : "");
    say(`结论：存档真实完整；但到事件 ${headAfter.seq} 为止，还有 ${owed} 笔的小票没有交代：${list}`);
    say(`Verdict: true and whole; up to event ${headAfter.seq}, ${owed} receipts are still owed: ${list}`);
  }
  say(
    "谁签的，由密钥编号认定：请与收银台上显示的编号核对（--key），或用小票上的校验码核对（--code）。\n" +
      "Who signed is known by the key id only: compare it with the one the till shows (--key), or a code on a slip (--code).",
  );
  return owed === 0 ? 0 : 1;
}

async function main() {
  const { dir, key, codes } = options(process.argv.slice(2));
  const { manifest, keys } = readManifest(dir, key);
  await checkFiles(dir, manifest.files);
  const anchors = await readAnchors(dir, manifest, keys);
  const ledger = new Ledger(manifest.period);
  const missing = new Set(codes);
  await readEvents(dir, manifest, anchors, (event) => {
    const hash = event.hash.toLowerCase();
    for (const code of missing) if (hash.startsWith(code)) missing.delete(code);
    ledger.event(event);
  });
  const { events } = manifest.counts;
  passed(
    `${events} 个事件首尾相连，${anchors.size} 处签名都对`,
    `${events} events form one chain, ${anchors.size} signatures fit`,
  );
  for (const code of missing)
    wrong(`存档里没有校验码 ${code}`, `no event of the archive has the code ${code}`);
  const sales = [...ledger.sales.values()];
  const receipts = checkList(dir, manifest, sales);
  return verdict(manifest, receipts, sales, ledger.notes);
}

try {
  process.exitCode = await main();
} catch (error) {
  const why = error instanceof Error ? error.message : String(error);
  say(`[!!] ${error instanceof Wrong ? why : `无法核对 / can't be checked: ${why}`}`);
  say("\n结论：这份存档不可信。 / Verdict: this archive can't be trusted.");
  process.exitCode = 2;
}

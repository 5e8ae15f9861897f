import { mkdirSync, readFileSync, rmSync } from "node:fs";
import { join, resolve } from "node:path";
import { createInterface } from "node:readline/promises";
import { Writable } from "node:stream";
import { parseArgs } from "node:util";
import Conf from "conf";
import type { Locale } from "../domain/sale.ts";
import { FileKeyStore } from "../sale-log/key-store.ts";
import { SaleLog } from "../sale-log/sale-log.ts";
import { lockTill } from "../sale-log/till-lock.ts";
import { BOOKS } from "./books.ts";
import { carryEvents } from "./carry-over.ts";
import { compareWithBooks } from "./compare.ts";
import { inspectBackup } from "./inspect.ts";
import { placeRestored } from "./place.ts";
import { planRestore, previewOf, publicKeyOf } from "./planning.ts";
import { BackupError, problemOf } from "./problem.ts";
import { bringBooks, COMING, completeRestore } from "./restore.ts";
import { finishRestore, hasSettings, settingsText } from "./restored-books.ts";
import { PROBLEM_WORDS, previewLines } from "./restore-words.ts";
import { isSealedFile } from "./sealed-file.ts";

const DONE = 0;
const FAILED = 1;
const DECLINED = 2;

const USAGE = `restore --from FILE --data DIR [--passphrase-file FILE] [--last-number N] [--yes] [--locale zh-CN|en]

--from             a backup, open or sealed             备份文件
--data             folder of the till; made when missing, its present books are set aside
                   收银台的数据文件夹；没有就新建，现有的账本会放到一边
--passphrase-file  text file with the passphrase; without it you are asked   存有口令的文本文件；不给就会问
--last-number      number on the newest receipt on paper; no number up to it is given again
                   最后一张纸质小票的单号；到它为止的单号不会再用
--yes              do not ask                           不再确认
Exit code: 0 restored, 1 not possible, 2 you said no. Nothing is changed unless it is 0.
退出码：0 已恢复，1 做不到，2 您选了否。不是 0 就什么都没改。`;

const LAST_NUMBER_HINT: Record<Locale, string> = {
  "zh-CN":
    "做备份之后如果还打过小票，用 --last-number 写上最后一张的单号：到它为止的单号不会再用。",
  en: "If receipts were printed after the backup, give the number on the last one with --last-number: no number up to it is used again.",
};

interface Wish {
  from: string;
  dataDir: string;
  passphraseFile: string | undefined;
  lastOnPaper: number | null;
  isSure: boolean;
  locale: Locale;
}

/** `npm run restore`: books from a backup, on a PC that may know nothing of them. */
async function restore(wish: Wish): Promise<number> {
  const { from, dataDir, lastOnPaper, locale } = wish;
  mkdirSync(dataDir, { recursive: true });
  const store = new Conf({ cwd: dataDir, configName: "settings" });
  finishRestore(dataDir, store);
  const passphrase = await passphraseFor(wish);
  const workDir = join(dataDir, "restore-work");
  const lock = lockTill(dataDir);
  try {
    const found = await inspectBackup({ path: from, passphrase, workDir }, () => {});
    const books = join(dataDir, BOOKS);
    const here = compareWithBooks(books, found.openPath, found.facts);
    const inspected = { ...found, here };
    const preview = previewOf(from, inspected, { tillId: "", shop: "" });
    say(previewLines(preview, locale).join("\n"));
    if (here === null && lastOnPaper === null) say(LAST_NUMBER_HINT[locale]);
    if (!wish.isSure && !(await isAgreed(locale))) return DECLINED;
    bringBooks(dataDir, found, () => {});
    carryEvents(join(dataDir, BOOKS + COMING), books, here);
    const nowMs = Date.now();
    const now = { atMs: nowMs, utcOffsetMin: 0 - new Date(nowMs).getTimezoneOffset(), by: "till" };
    const keyHere = new FileKeyStore(dataDir).read();
    const planned = planRestore({ path: from, lastOnPaper }, inspected, dataDir, keyHere, now);
    const settingsHere = hasSettings(store) ? settingsText(store) : null;
    placeRestored({ dataDir, planned, settingsHere, publicKey: publicKeyOf(keyHere), nowMs });
  } finally {
    rmSync(workDir, { recursive: true, force: true });
    lock.release();
  }
  // As a till would after a power cut, so there is one way only.
  const plan = finishRestore(dataDir, store);
  const log = new SaleLog(dataDir);
  try {
    if (plan) completeRestore(dataDir, plan, log);
  } finally {
    log.close();
  }
  const aside = plan?.before ? join(dataDir, plan.setAside) : null;
  say(locale === "zh-CN" ? "已恢复，可以打开票不漏了。" : "Restored. Slipsure can be opened now.");
  if (aside !== null)
    say(locale === "zh-CN" ? `以前的账本在 ${aside}` : `The books of before are in ${aside}`);
  return DONE;
}

async function passphraseFor({ from, passphraseFile, locale }: Wish): Promise<string | null> {
  if (passphraseFile !== undefined)
    return readFileSync(passphraseFile, "utf8").replace(/\r?\n$/, "");
  try {
    if (!isSealedFile(from)) return null;
  } catch (error) {
    throw problemOf(error) === "placeAbsent" ? new BackupError("notFound", from) : error;
  }
  return ask(locale === "zh-CN" ? "口令：" : "Passphrase: ", true);
}

async function isAgreed(locale: Locale): Promise<boolean> {
  const answer = await ask(locale === "zh-CN" ? "恢复？输入 yes：" : "Restore? Type yes: ", false);
  return answer.trim().toLowerCase() === "yes";
}

/** One line from the terminal; what is typed stays hidden for a secret. */
async function ask(question: string, isSecret: boolean): Promise<string> {
  process.stdout.write(question);
  const hidden = new Writable({ write: (_chunk, _encoding, done) => done() });
  const output = isSecret ? hidden : process.stdout;
  const lines = createInterface({ input: process.stdin, output, terminal: process.stdin.isTTY });
  try {
    return await new Promise<string>((resolveLine) => {
      lines.once("line", resolveLine);
      lines.once("close", () => resolveLine(""));
    });
  } finally {
    lines.close();
    if (isSecret) process.stdout.write("\n");
  }
}

function readWish(): Wish | null {
  const { values } = parseArgs({
    options: {
      from: { type: "string" },
      data: { type: "string" },
      "passphrase-file": { type: "string" },
      "last-number": { type: "string" },
      yes: { type: "boolean", default: false },
      locale: { type: "string", default: systemLocale() },
      help: { type: "boolean", default: false },
    },
  });
  const { from, data } = values;
  if (values.help || from === undefined || data === undefined) return null;
  const last = values["last-number"];
  if (last !== undefined && !/^[1-9]\d{0,8}$/.test(last)) return null;
  return {
    from: resolve(from),
    dataDir: resolve(data),
    passphraseFile: values["passphrase-file"],
    lastOnPaper: last === undefined ? null : Number(last),
    isSure: values.yes,
    locale: values.locale === "en" ? "en" : "zh-CN",
  };
}

function systemLocale(): Locale {
  const language = process.env["LC_ALL"] ?? process.env["LANG"] ?? "";
  return language.toLowerCase().startsWith("zh") ? "zh-CN" : "en";
}

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}

let locale: Locale = systemLocale();
try {
  const wish = readWish();
  if (wish) ({ locale } = wish);
  else say(USAGE);
  process.exitCode = wish ? await restore(wish) : FAILED;
} catch (error) {
  const problem = problemOf(error);
  const message = error instanceof Error ? error.message : String(error);
  const isKnown = error instanceof BackupError || problem !== "unexpected";
  process.stderr.write(`${isKnown ? PROBLEM_WORDS[locale][problem] : message}\n`);
  process.exitCode = FAILED;
}

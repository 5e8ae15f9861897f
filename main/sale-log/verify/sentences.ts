import { wallClock } from "../../domain/receipt/time.ts";
import type { Locale } from "../../domain/sale.ts";
import type { Finding, FindingCode } from "./finding.ts";
import type { PredecessorLink } from "./predecessor.ts";
import type { VerifyReport } from "./verify.ts";

/** The parts of a finding as text, empty where there is none. */
interface Parts {
  seq: string;
  sale: string;
  table: string;
  row: string;
  column: string;
  expected: string;
  found: string;
  /** Wall clock of the event, empty when unknown. */
  time: string;
}

type Sentences = Record<FindingCode, (parts: Parts) => string>;

const PROBLEMS = {
  en: { missing: "is missing", changed: "is not as the till made it", extra: "is not the till's" },
  "zh-CN": { missing: "不见了", changed: "被改过", extra: "不是本程序建立的" },
} as const;

function problem(locale: Locale, found: string): string {
  const words = PROBLEMS[locale];
  return found === "missing" || found === "extra" ? words[found] : words.changed;
}

const en: Sentences = {
  fileDamaged: ({ table, found }) => `The file is damaged in ${table}: ${found || "an index"}.`,
  unreadable: ({ table, row }) => `Part of ${table} can't be read${row && ` (from ${row})`}.`,
  schemaChanged: ({ table, row, found }) => `The ${table} ${row} ${problem("en", found)}.`,
  eventMissing: ({ row, time }) =>
    `Event ${row} is not in the log any more${time && `; it stood before ${time}`}.`,
  eventChanged: ({ seq, sale, time }) =>
    `Event ${seq}${sale && ` (sale ${sale})`} of ${time} does not fit its hash: it was changed, or the one before it was.`,
  eventUnreadable: ({ seq, column }) =>
    `Event ${seq} says what the till never writes${column && ` (${column})`}.`,
  anchorMissing: ({ seq }) =>
    seq ? `The signature on event ${seq} is missing.` : "This log was never signed.",
  anchorWrong: ({ seq, row }) =>
    `The signature on event ${seq || row} was changed, or another key made it.`,
  rewritten: ({ seq, time, expected, found }) =>
    `History was written anew: on event ${seq}, at ${time}, the till signed ${expected.slice(0, 10)}; the log now says ${found.slice(0, 10)}.`,
  keyChanged: ({ seq, time, expected, found }) =>
    `Signatures from event ${seq} (${time}) on are of key ${found}, before of ${expected}. Unless you know why (a new computer, a lost key file), somebody else may have written the log since.`,
  tailCut: ({ expected, found, time }) =>
    `The log ends with event ${found}, but event ${expected} was signed at ${time}: its end was cut off, or an older copy was put in its place.`,
  witnessMissing: () =>
    "The file slipsure.witness is gone: whether the end of the log was cut off can't be told.",
  witnessChanged: ({ row }) => `The file slipsure.witness was changed (${row}).`,
  codeUnknown: ({ found }) =>
    `No event has the code ${found} that stands on paper: what that paper says is not in this log.`,
  numberMissing: ({ table, expected, found }) =>
    `The numbers of ${table} jump: ${expected} was due, ${found} came.`,
  rowMissing: ({ table, row }) =>
    `${table} ${row}: the row is missing; the events say it is there.`,
  rowExtra: ({ table, row }) => `${table} ${row}: no event says that there is such a row.`,
  rowChanged: ({ table, row, column, expected, found }) =>
    `${table} ${row}: ${column} shows ${found}, the events say ${expected}.`,
  sumWrong: ({ sale, column, expected, found }) =>
    `Sale ${sale} does not add up: ${column} is ${found}, its parts come to ${expected}.`,
  dayTotalWrong: ({ row, column, expected, found }) =>
    `Day end ${row}: ${column} was given as ${found}, the sales come to ${expected}.`,
  catalogueChanged: ({ time }) => `Products or prices were changed past the till since ${time}.`,
  memoryChanged: ({ table, row }) =>
    `${table} ${row}: does not fit its check sum; damaged, or changed from outside.`,
  damageRecorded: ({ found, time }) =>
    `At its start of ${time} the till itself found damage and wrote it down: ${found}.`,
  continued: ({ seq, time, row }) =>
    `This log goes on from a damaged one with event ${seq} (${time}): what was sold before is not in it. The damaged file is kept in ${row}.`,
  continuedMerged: ({ seq, time, row }) =>
    `Up to event ${seq} (${time}) this log was saved from a damaged file, which is kept in ${row}; every event of it fits its hash.`,
  eventLost: ({ row }) =>
    `Event ${row} could not be saved from a damaged file; the log says so itself.`,
};

const zhCN: Sentences = {
  fileDamaged: ({ table, found }) => `文件损坏，位置：${table}（${found || "索引"}）。`,
  unreadable: ({ table, row }) => `${table}有一部分读不出来${row && `（从 ${row} 起）`}。`,
  schemaChanged: ({ table, row, found }) =>
    `数据库里的 ${table} ${row} ${problem("zh-CN", found)}。`,
  eventMissing: ({ row, time }) => `事件 ${row} 已不在日志里${time && `；它原在 ${time} 之前`}。`,
  eventChanged: ({ seq, sale, time }) =>
    `${time} 的事件 ${seq}${sale && `（单号 ${sale}）`}与校验值不符：它或它前一条被改过。`,
  eventUnreadable: ({ seq, column }) =>
    `事件 ${seq} 的内容不是收银台写的${column && `（${column}）`}。`,
  anchorMissing: ({ seq }) => (seq ? `事件 ${seq} 上的签名不见了。` : "这份日志从未签名。"),
  anchorWrong: ({ seq, row }) => `事件 ${seq || row} 上的签名被改过，或是用别的密钥签的。`,
  rewritten: ({ seq, time, expected, found }) =>
    `历史被重写：${time} 收银台在事件 ${seq} 上签的是 ${expected.slice(0, 10)}，现在日志里是 ${found.slice(0, 10)}。`,
  keyChanged: ({ seq, time, expected, found }) =>
    `从事件 ${seq}（${time}）起，签名密钥是 ${found}，之前是 ${expected}。如果您不知道原因（换了电脑、丢了密钥文件），之后的日志可能是别人写的。`,
  tailCut: ({ expected, found, time }) =>
    `日志到事件 ${found} 为止，但 ${time} 已给事件 ${expected} 签过名：结尾被删，或换成了旧的副本。`,
  witnessMissing: () => "文件 slipsure.witness 不见了：无法判断日志结尾是否被删。",
  witnessChanged: ({ row }) => `文件 slipsure.witness 被改过（${row}）。`,
  codeUnknown: ({ found }) => `没有事件的校验码是纸上的 ${found}：那张纸所说的已不在这份日志里。`,
  numberMissing: ({ table, expected, found }) =>
    `${table}编号不连续：应为 ${expected}，实为 ${found}。`,
  rowMissing: ({ table, row }) => `${table} ${row}：按事件应有这一行，但它不见了。`,
  rowExtra: ({ table, row }) => `${table} ${row}：没有任何事件说过有这一行。`,
  rowChanged: ({ table, row, column, expected, found }) =>
    `${table} ${row}：${column} 显示 ${found}，事件里是 ${expected}。`,
  sumWrong: ({ sale, column, expected, found }) =>
    `单号 ${sale} 的金额对不上：${column} 为 ${found}，各项合计为 ${expected}。`,
  dayTotalWrong: ({ row, column, expected, found }) =>
    `第 ${row} 次日结：${column} 记为 ${found}，按销售单应为 ${expected}。`,
  catalogueChanged: ({ time }) => `自 ${time} 以来，有人绕过收银台改过商品或价格。`,
  memoryChanged: ({ table, row }) => `${table} ${row}：与校验和不符，损坏或被外部改过。`,
  damageRecorded: ({ found, time }) => `${time} 启动时收银台自己发现了损坏并已记下：${found}。`,
  continued: ({ seq, time, row }) =>
    `这份日志从事件 ${seq}（${time}）起接着一份损坏的日志：之前的销售不在里面。损坏的文件原样收在 ${row}。`,
  continuedMerged: ({ seq, time, row }) =>
    `事件 ${seq}（${time}）之前的内容取自一份损坏的文件（收在 ${row}），每条都与校验值相符。`,
  eventLost: ({ row }) => `事件 ${row} 没能从损坏的文件里找回；日志自己已记下。`,
};

const TABLES: Record<Locale, Record<string, string>> = {
  en: {
    event: "events",
    anchor: "signatures",
    sale: "sales",
    sale_line: "sale lines",
    payment: "payments",
    receipt: "receipts",
    print_job: "print jobs",
    day: "days",
    person: "people",
    item_name: "product names",
    product: "catalogue",
    kept: "kept values",
    request: "answered requests",
    meta: "identity of the log",
  },
  "zh-CN": {
    event: "事件",
    anchor: "签名",
    sale: "销售单",
    sale_line: "商品行",
    payment: "收款",
    receipt: "小票",
    print_job: "打印任务",
    day: "营业日",
    person: "人员",
    item_name: "商品名",
    product: "商品资料",
    kept: "暂存",
    request: "已答请求",
    meta: "日志身份",
  },
};

const SENTENCES: Record<Locale, Sentences> = { en, "zh-CN": zhCN };

/** One finding as a plain sentence. Times as the shop's clock showed them. */
export function findingSentence(finding: Finding, locale: Locale, utcOffsetMin: number): string {
  const { table } = finding;
  return SENTENCES[locale][finding.code]({
    seq: finding.seq === null ? "" : String(finding.seq),
    sale: finding.saleId === null ? "" : String(finding.saleId),
    table: table === null ? "" : (TABLES[locale][table] ?? table),
    row: finding.row ?? "",
    column: finding.column ?? "",
    expected: finding.expected ?? "",
    found: finding.found ?? "",
    time: finding.atMs === null ? "" : clockText(finding.atMs, utcOffsetMin),
  });
}

/** What became of looking for the damaged file that a log goes on from. */
export function predecessorSentence(link: PredecessorLink, folder: string, locale: Locale): string {
  return PREDECESSOR[locale][link](folder);
}

const PREDECESSOR: Record<Locale, Record<PredecessorLink, (folder: string) => string>> = {
  en: {
    fits: (folder) => `The damaged file in ${folder} is the one this log goes on from.`,
    contradicts: (folder) =>
      `The file in ${folder} is NOT the one this log goes on from: its entries are others.`,
    endMissing: (folder) =>
      `The end of the file in ${folder} can't be read: whether this log goes on from it can't be told.`,
    absent: (folder) => `The damaged file this log goes on from is not here (${folder}).`,
  },
  "zh-CN": {
    fits: (folder) => `${folder} 里的损坏文件就是这份日志所接的那一份。`,
    contradicts: (folder) => `${folder} 里的文件不是这份日志所接的那一份：内容不同。`,
    endMissing: (folder) => `${folder} 里的文件结尾读不出来：无法判断这份日志是否接着它。`,
    absent: (folder) => `这份日志所接的损坏文件不在这里（${folder}）。`,
  },
};

/** A whole report, a sentence a line: the verdict, what is wrong, since when, what can't be seen. */
export function reportLines(report: VerifyReport, locale: Locale): string[] {
  const { findings, totals, utcOffsetMin } = report;
  const sentences = findings.map((finding) => findingSentence(finding, locale, utcOffsetMin));
  const found = Object.values(totals).reduce((sum, count) => sum + count, 0);
  const more = found - findings.length;
  const isEnglish = locale === "en";
  return [
    verdict(report, found, isEnglish),
    ...sentences.map((sentence) => `- ${sentence}`),
    ...(more > 0
      ? [isEnglish ? `- … and ${more} more like these.` : `- ……同类问题还有 ${more} 个。`]
      : []),
    ...(report.ok ? [] : [sound(report, isEnglish)]),
    ...remarks(report, isEnglish),
    isEnglish ? LIMITS.en : LIMITS["zh-CN"],
  ];
}

/** Said after every report: a check that hides what it can't see would be a lie of its own. */
const LIMITS: Record<Locale, string> = {
  en:
    "Not to be seen from one folder: a log, its witness and its key all rewritten together, and a " +
    "folder exchanged whole for an older copy. The code on a customer's slip or the head on a " +
    "day-end report (--code), or a backup kept elsewhere, shows it.",
  "zh-CN":
    "只看一个文件夹看不出：日志、见证文件和密钥被一起重写，或整个文件夹被换成旧副本。" +
    "用顾客小票上的校验码或日结单上的日志头（--code）、或放在别处的备份可以看出。",
};

function verdict(report: VerifyReport, found: number, isEnglish: boolean): string {
  const { ok, events, sales, days, anchors } = report;
  if (isEnglish)
    return ok
      ? `Whole and true: ${sales} sales, ${days} days, ${events} events, ${anchors} signatures.`
      : `${found} things are wrong (${sales} sales, ${events} events looked at):`;
  return ok
    ? `完整、真实：${sales} 笔销售、${days} 个营业日、${events} 个事件、${anchors} 个签名。`
    : `发现 ${found} 个问题（共查 ${sales} 笔销售、${events} 个事件）：`;
}

function sound({ soundUpTo, utcOffsetMin }: VerifyReport, isEnglish: boolean): string {
  if (!soundUpTo) return isEnglish ? "No part of it is proven." : "没有任何一段能够证明是完整的。";
  const time = clockText(soundUpTo.atMs, utcOffsetMin);
  return isEnglish
    ? `Everything up to event ${soundUpTo.seq} (${time}) is as it was written.`
    : `事件 ${soundUpTo.seq}（${time}）及之前的内容与写入时一致。`;
}

function remarks(report: VerifyReport, isEnglish: boolean): string[] {
  const { signedFrom, unsigned, hasWitness, head } = report;
  const lines: string[] = [];
  if (head) {
    const time = clockText(head.atMs, report.utcOffsetMin);
    lines.push(
      isEnglish
        ? `Newest event: ${head.seq}, ${time}, head ${head.hash}.`
        : `最新事件：${head.seq}，${time}，日志头 ${head.hash}。`,
    );
  }
  if (signedFrom !== null && signedFrom > 1)
    lines.push(
      isEnglish
        ? `Events before ${signedFrom} were written before this till signed its log: the signature there proves them only from then on.`
        : `事件 ${signedFrom} 之前的内容写于启用签名之前，签名只能证明此后未改。`,
    );
  if (unsigned > 0)
    lines.push(
      isEnglish
        ? `The newest ${unsigned} events are not signed yet: only the chain holds them.`
        : `最新的 ${unsigned} 个事件尚未签名，仅由链保护。`,
    );
  if (!hasWitness)
    lines.push(
      isEnglish
        ? "Checked without a witness file: a cut-off end would not be noticed."
        : "没有见证文件可对照：结尾被删将看不出来。",
    );
  return lines;
}

function clockText(atMs: number, utcOffsetMin: number): string {
  try {
    return wallClock(atMs, utcOffsetMin);
  } catch {
    // A damaged row may hold any number.
    return String(atMs);
  }
}

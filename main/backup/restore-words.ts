import type { BackupProblem, BackupPreview } from "../contract/backup.ts";
import { formatMoney } from "../domain/money.ts";
import type { Locale } from "../domain/sale.ts";

type Problems = Record<BackupProblem, string>;

/** What went wrong, for a terminal. */
export const PROBLEM_WORDS: Record<Locale, Problems> = {
  "zh-CN": {
    diskFull: "磁盘空间不够。腾出空间再试，什么都没有改动。",
    diskError: "这块盘读写出错，可能坏了，或者被拔掉了。",
    booksDamaged: "这里的账本有损坏。",
    copyDiffers: "读回来的和写出去的不一样，这块盘可能坏了。",
    placeAbsent: "找不到这个文件夹。",
    placeNotWritable: "这个文件夹不让写。",
    notFound: "没有这个文件。",
    notABackup: "这不是票不漏的备份文件。",
    damaged: "这个备份文件损坏了，请换一个。",
    signatureWrong: "这个备份文件被改过，签名对不上，请换一个。",
    passphraseNeeded: "这个备份加了密，需要口令。",
    wrongPassphrase: "口令不对。",
    newerVersion: "这个备份由更新的版本制作，请先更新票不漏。",
    interrupted: "中途停下了，什么都没有改动。",
    unexpected: "出了没料到的错。",
  },
  en: {
    diskFull: "There is not enough room on the disk. Free some and try again; nothing was changed.",
    diskError: "The disk reports errors: it may be failing, or it was pulled out.",
    booksDamaged: "The books here are damaged.",
    copyDiffers: "What was read back is not what was written: this disk may be failing.",
    placeAbsent: "That folder is not there.",
    placeNotWritable: "That folder can't be written to.",
    notFound: "There is no such file.",
    notABackup: "That is not a Slipsure backup.",
    damaged: "That backup is damaged. Choose another one.",
    signatureWrong: "That backup was changed: its signature does not fit. Choose another one.",
    passphraseNeeded: "That backup is sealed; its passphrase is needed.",
    wrongPassphrase: "That is not the passphrase.",
    newerVersion: "A newer Slipsure made that backup. Update this one first.",
    interrupted: "It was ended half-way; nothing was changed.",
    unexpected: "Something unexpected went wrong.",
  },
};

/** A preview as lines for a terminal. */
export function previewLines(preview: BackupPreview, locale: Locale): string[] {
  const { facts, here, findings } = preview;
  const isChinese = locale === "zh-CN";
  const time = (ms: number | null) =>
    ms === null ? "-" : new Date(ms).toLocaleString(locale, { hour12: false });
  const money = formatMoney(facts.totalMinor, preview.currency);
  const rows: [zh: string, en: string, value: string][] = [
    ["店铺", "Shop", preview.shop],
    ["收银台", "Till", preview.tillId],
    ["备份时间", "Made", `${time(preview.atMs)}, ${preview.by}, ${preview.appVersion}`],
    ["营业日", "Days", String(facts.days)],
    ["销售", "Sales", `${facts.sales}, ${money}`],
    ["最新一笔", "Newest sale", `${facts.newestSaleId}, ${time(facts.newestSaleAtMs)}`],
    ["日志头", "Head", `${facts.head.seq} ${facts.head.hash}`],
    [
      "核对",
      "Checked",
      isChinese ? "签名、每一页、整条链都对" : "signature, every page, whole chain",
    ],
  ];
  const lines = rows.map(([zh, en, value]) => `${isChinese ? zh : en}: ${value}`);
  if (findings.length > 0)
    lines.push(
      isChinese
        ? `注意：做这份备份时，账本里已经有 ${findings.length} 处不对。`
        : `Note: ${findings.length} things were wrong with the books already when this was made.`,
    );
  if (here && (here.lostSales > 0 || here.relation !== "older"))
    lines.push(lostLine(here, isChinese));
  return lines;
}

function lostLine(here: NonNullable<BackupPreview["here"]>, isChinese: boolean): string {
  if (here.relation === "unreadable")
    return isChinese
      ? "这里现有的账本损坏，读不出来。"
      : "The books that are here now can't be read.";
  if (here.lostSales === 0)
    return isChinese ? "这里现有的账本不会少一笔。" : "None of the sales here now would be lost.";
  return isChinese
    ? `这里现有 ${here.lostSales} 笔销售不在备份里（从 ${here.lostFromSaleId} 号起），它们的单号会再用。`
    : `${here.lostSales} sales that are here now are not in the backup (from no. ${here.lostFromSaleId}); their numbers will be used again.`;
}

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
    changed: "要放弃的东西和刚才看到的不一样了，什么都没有改动。请再看一遍。",
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
    changed:
      "What would be given up is not what you were shown any more. Nothing was changed; look again.",
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
  if (here) lines.push(...hereLines(here, isChinese, preview.currency));
  return lines;
}

type Here = NonNullable<BackupPreview["here"]>;

/** What becomes of the books that are here: what goes along, and by name what does not. */
function hereLines(here: Here, isChinese: boolean, currency: BackupPreview["currency"]): string[] {
  const say = (zh: string, en: string) => (isChinese ? zh : en);
  const { relation, carried, lostSales, givenUp } = here;
  const lines: string[] = [];
  if (relation === "unreadable")
    lines.push(
      say(
        "这里现有的账本损坏，读不出来。",
        "The books that are here now can't be read as they should.",
      ),
    );
  if (carried && carried.sales > 0)
    lines.push(
      say(
        `备份之后这里又卖的 ${carried.sales} 笔会接着保留。`,
        `${carried.sales} sales made here after the backup are carried over.`,
      ),
    );
  if (lostSales === 0 && givenUp.basketCount === 0) {
    if (relation !== "unreadable")
      lines.push(say("这里现有的账本不会少一笔。", "None of the sales here now would be lost."));
    return lines;
  }
  if (lostSales > 0)
    lines.push(
      say(
        `这里现有 ${lostSales} 笔销售不在备份里（从 ${here.lostFromSaleId} 号起），会留在旁边的旧账本里；单号不会再用：`,
        `${lostSales} sales that are here now are not in the backup (from no. ${here.lostFromSaleId}). They stay in the books set aside; their numbers are not used again:`,
      ),
    );
  const owed = new Set(givenUp.owed.map(({ saleId }) => saleId));
  for (const { saleId, atMs, totalMinor, cashier } of givenUp.sales) {
    const time = new Date(atMs).toLocaleString(isChinese ? "zh-CN" : "en", { hour12: false });
    const money = formatMoney(totalMinor, currency);
    const mark = owed.has(saleId) ? say("，小票还没交代", ", receipt still owed") : "";
    lines.push(`  ${saleId}  ${time}  ${money}  ${cashier}${mark}`);
  }
  const more = lostSales - givenUp.sales.length;
  if (more > 0) lines.push(say(`  还有 ${more} 笔`, `  and ${more} more`));
  if (givenUp.owedCount > 0)
    lines.push(
      say(
        `其中 ${givenUp.owedCount} 张小票还没交代。`,
        `${givenUp.owedCount} of them still owe their receipt.`,
      ),
    );
  if (givenUp.basketCount > 0)
    lines.push(
      say(
        `购物篮里的 ${givenUp.basketCount} 样东西也会放下：${givenUp.basket.map(({ nameZh, nameEn }) => nameZh || nameEn).join("、")}`,
        `The ${givenUp.basketCount} items in the basket are given up too: ${givenUp.basket.map(({ nameZh, nameEn }) => nameEn || nameZh).join(", ")}`,
      ),
    );
  return lines;
}

import { composer } from "../domain/receipt/compose.ts";
import type { ReceiptLine } from "../domain/receipt/line.ts";
import type { Locale } from "../domain/sale.ts";

/** Places for letters written by hand. */
const WRITING_LINES = 3;

const WORDS = {
  "zh-CN": {
    title: "备份口令卡",
    code: "钥匙编号",
    lead: "离开这台电脑的备份都加了密，只有口令能打开。口令哪里都没有存：忘了，就谁也打不开。",
    write: "口令（请手写）：",
    how: "换了电脑，这样找回账本：",
    steps: [
      "1. 装好票不漏，打开。",
      "2. 第一屏按“我有备份”。",
      "3. 选 U 盘上最新的 .sealed 文件，输入口令。",
    ],
    keep: "收在店外安全的地方，别和 U 盘放一起。",
  },
  en: {
    title: "Backup passphrase card",
    code: "Key number",
    lead: "Backups that leave this PC are sealed; only the passphrase opens them. It is stored nowhere: forgotten, nobody can open them.",
    write: "Passphrase (write by hand):",
    how: "On another PC, get the books back:",
    steps: [
      "1. Install and open Slipsure.",
      "2. On the first screen: I have a backup.",
      "3. Choose the newest .sealed file on the stick and type the passphrase.",
    ],
    keep: "Keep it safe outside of the shop, not beside the stick.",
  },
} as const;

/** A card for the safe: how to open sealed backups. It has room for the passphrase, and never holds it. */
export function layoutBackupNote(note: {
  shopName: string;
  code: string;
  locale: Locale;
  columns: number;
}): ReceiptLine[] {
  const make = composer(note.columns);
  const words = WORDS[note.locale];
  return [
    ...make.bigCenter("shop", note.shopName),
    ...make.center("shop", words.title, { bold: true }),
    make.rule("meta"),
    ...make.pair("meta", words.code, note.code),
    make.rule("meta"),
    ...make.left("note", words.lead),
    make.feed(1),
    ...make.left("note", words.write, { bold: true }),
    ...Array.from({ length: WRITING_LINES }, () => [make.feed(1), make.rule("note")]).flat(),
    make.feed(1),
    ...make.left("note", words.how, { bold: true }),
    ...words.steps.flatMap((step) => make.left("note", step)),
    make.rule("meta"),
    ...make.center("note", words.keep),
    make.feed(2),
  ];
}

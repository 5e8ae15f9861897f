import { cellsOf, type TextLine } from "../../domain/receipt/line.ts";
import { receiptWords } from "../../domain/receipt/words.ts";
import { inks } from "../raster/ink.ts";
import { Turn } from "../raster/turn.ts";
import { fillGbk } from "./gbk.ts";
import { needsDrawing } from "./printable.ts";
import { profileOf, type PaperProfile } from "./profile.ts";
import { placeClusters } from "./row.ts";

const ASCII = String.fromCharCode(...Array.from({ length: 0x5e }, (_, index) => 0x21 + index));

/**
 * Does beforehand what the first receipts would otherwise wait for: the whole character table, and the dots of
 * every text that can't be printed as text on this printer. Gives way to other work every few milliseconds.
 * @param texts what is going to be printed: names of the shop, of goods, of people.
 * @throws Error (rejects) when texts have to be drawn and the fonts can't be read.
 */
export async function warmUp(
  profile: PaperProfile = profileOf(48),
  texts: Iterable<string> = [],
): Promise<void> {
  fillGbk();
  const drawn = [...wordsFor(profile), ...texts].filter((text) =>
    needsDrawing(text, profile.chinese),
  );
  // What is drawn stands in one line with prices.
  if (drawn.length > 0) drawn.unshift(ASCII);
  if (drawn.length === 0) return;
  const shaping = await inks.load(drawn);
  const turn = new Turn();
  for (const text of drawn) {
    const line: TextLine = {
      kind: "text",
      role: "item",
      segments: [{ text, cell: 0, cells: cellsOf(text), align: "left" }],
      bold: false,
      size: "normal",
    };
    for (const piece of placeClusters(line, inks, shaping)) {
      if (piece.text.trim() !== "") inks.get(piece, 1);
      if (turn.isOver) await turn.give();
    }
  }
}

/** Words that stand on every receipt; only a printer without Chinese has them drawn. */
function wordsFor({ chinese }: PaperProfile): string[] {
  if (chinese === "font") return [];
  const { tenders, ...words } = receiptWords("zh-CN");
  return ["￥", ...Object.values(words), ...Object.values(tenders)];
}

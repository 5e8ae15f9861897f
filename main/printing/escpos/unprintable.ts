import { clustersOf } from "../../domain/receipt/line.ts";
import { inks, missingSign } from "../raster/ink.ts";
import { isWithoutSign, needsDrawing, neighbourOf } from "./printable.ts";
import type { PaperProfile } from "./profile.ts";

/** A name that can't be put on paper whole. */
interface Unprintable {
  /** The characters that are lost, each once, as written. */
  signs: string[];
  /** The name as it is printed. */
  printed: string;
}

/** null: all of the name can be printed. */
type NameCheck = (name: string) => Unprintable | null;

/**
 * A check of names against what this printer and the fonts at hand can show. Fonts beside the shipped ones are read only
 * if one of `names` needs them, so what is to be checked is given first.
 * @param chinese `font`: the printer has Chinese characters of its own.
 * @throws Error (rejects) when a font that is shipped can't be read.
 */
export async function nameCheck(
  names: Iterable<string>,
  chinese: PaperProfile["chinese"],
): Promise<NameCheck> {
  const drawn = [...names].filter((name) => needsDrawing(name, chinese));
  if (drawn.length > 0) await inks.load(drawn);
  return (name) => {
    const isDrawn = drawn.length > 0 && needsDrawing(name, chinese);
    const signs = new Set<string>();
    let printed = "";
    for (const { text, cells } of clustersOf(name)) {
      if (cells === 0) continue;
      const isLost = isWithoutSign(text) || (isDrawn && !inks.canShow(neighbourOf(text)));
      if (isLost) signs.add(text);
      printed += isLost ? missingSign(Math.min(2, cells)) : text;
    }
    return signs.size === 0 ? null : { signs: [...signs], printed };
  };
}

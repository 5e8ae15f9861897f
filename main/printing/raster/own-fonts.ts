import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";

const FONT_FILE = /\.(?:ttf|otf|ttc|otc)$/i;

/**
 * Fonts that systems bring, with the characters that are too many to ship: CJK extensions A to H on Windows
 * (Microsoft typography, "Windows 11 font list"), and the packages of Debian and Ubuntu.
 */
export const SYSTEM_FONTS: readonly string[] =
  process.platform === "win32"
    ? ["simsunb.ttf", "simsunextg.ttf", "msyh.ttc", "simsun.ttc", "mingliub.ttc"].map((name) =>
        join(process.env["WINDIR"] ?? "C:\\Windows", "Fonts", name),
      )
    : [
        "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc",
        "/usr/share/fonts/truetype/hanazono/HanaMinA.ttf",
        "/usr/share/fonts/truetype/hanazono/HanaMinB.ttf",
        "/usr/share/fonts/truetype/babelstone-han/BabelStoneHan.ttf",
      ];

/** Where fonts beside the shipped ones are. */
export interface OwnFonts {
  /** The shop's own; need not be there. */
  folder: string;
  /** Files that need not be there either. */
  system: readonly string[];
}

/**
 * Font files beside those that are shipped, one by one: what the shop has put into `folder`, by name, then what the
 * system is known to have. What can't be read is passed over: it is told as a name that can't be shown.
 */
export async function* ownFontFiles({ folder, system }: OwnFonts): AsyncGenerator<Uint8Array> {
  const own = await readdir(folder).catch(() => []);
  const files = own
    .filter((name) => FONT_FILE.test(name))
    .toSorted()
    .map((name) => join(folder, name));
  for (const file of [...files, ...system]) {
    const bytes = await readFile(file).catch(() => null);
    if (bytes !== null) yield bytes;
  }
}

import iconv from "iconv-lite";
import { BUZZER, CUT, FEED_OUT, INITIALIZE } from "./escpos/commands.ts";

export type Sample = "ruler" | "chinese" | "cut" | "buzzer";

const WIDTHS = [32, 35, 42, 48] as const;
const CHINESE_ON = Uint8Array.of(0x1c, 0x26);

/**
 * What a person looks at while a printer is tried. Sent as it is, without any proof: what matters
 * is what the eye sees.
 */
export function sampleBytes(sample: Sample, columns: number): Uint8Array {
  switch (sample) {
    case "ruler":
      return slip(rulers());
    case "chinese":
      return slip(`中文 汉字 小票 ￥12.34\n${"=".repeat(Math.min(columns, 32))}\n`);
    case "cut":
      return join(slip("----------\n"), CUT);
    case "buzzer":
      return BUZZER;
  }
}

/** One line for each usual width, its last character a bar: the widest that stays whole is the paper's. */
function rulers(): string {
  return WIDTHS.map((width) => {
    const label = `${width} `;
    return `${label}${"-".repeat(width - label.length - 1)}|\n`;
  }).join("");
}

function slip(text: string): Uint8Array {
  return join(INITIALIZE, CHINESE_ON, iconv.encode(text, "gbk"), FEED_OUT);
}

function join(...parts: Uint8Array[]): Uint8Array {
  return new Uint8Array(Buffer.concat(parts));
}

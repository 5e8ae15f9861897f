import { readFileSync } from "node:fs";
import type { Outcome } from "./cell.ts";
import { CLONES } from "./clones.ts";
import { FAULTS, IMPOSSIBLE } from "./faults.ts";
import { LIMITS, limitOf } from "./limits.ts";
import { WAY_NAMES, type WayName } from "./ways/way.ts";

/** What was seen, by fault and way; a pair that can't exist has none. */
export type Seen = ReadonlyMap<string, Outcome>;
/** By name of the clone. */
export type SeenClones = ReadonlyMap<string, Outcome>;

export const cellKey = (way: WayName, fault: string): string => `${way}: ${fault}`;

const WAY_WORDS: Record<WayName, string> = {
  tcp: "TCP",
  usb: "USB (libusb)",
  usbprint: "USB (usbprint.sys)",
  serial: "serial",
  serialOneWay: "one-way serial",
  lp: "/dev/usb/lp",
  spooler: "Windows queue",
  cups: "CUPS queue",
};

/** The page docs/fault-matrix.md as it has to be for what was seen. */
export function fullDocument(seen: Seen, clones: SeenClones): string {
  return [
    "# Fault matrix",
    "",
    "Written by `tests/matrix`, which fails when anything differs from what stands here. To write it anew:",
    "`UPDATE=1 node main/shells/launch/run.mjs node_modules/vitest/vitest.mjs run --project matrix`.",
    "",
    "A till sells one receipt that goes well, then one under the fault. *Till* is the state of that receipt when",
    "the cashier hears of it, with its cause; *paper* is what has come out by then, with nothing moving any more.",
    "Then the fault is mended and an honest cashier does what the screen asks: *in the end* is how the receipt",
    "was settled and every piece of paper of it. Everywhere it holds, but where a limit is named below: never",
    "called printed by the printer's word while the paper is not whole, no second paper without a mark, and no",
    "receipt lost. ⚠: see the limits at the end. –: can't happen there.",
    "",
    ...faultTable(seen),
    "",
    ...Object.values(IMPOSSIBLE).flatMap((why, index) => [`${"¹²³⁴"[index]} ${why}.`, ""]),
    "## Printers that lie or know less",
    "",
    "Over TCP: tried out first as in the settings (test slip, cover test where the till asks for one), then the",
    "paper ends in the middle of a receipt. *Proof* is what the till takes its answers for from then on.",
    "",
    ...cloneTable(clones),
    "",
    "## Limits",
    "",
    ...LIMITS.map(
      ({ way, row, why }) => `- **${way === null ? "TCP" : WAY_WORDS[way]}: ${row}.** ${why}`,
    ),
    "",
  ].join("\n");
}

function faultTable(seen: Seen): string[] {
  const rows = FAULTS.flatMap((fault) => {
    const groups = Map.groupBy(WAY_NAMES, (way) => {
      const why = fault.impossible(way);
      const outcome = seen.get(cellKey(way, fault.name));
      if (why !== null) return `– ${mark(why)} |  |  |  |  | `;
      return outcome ? cells(outcome, limitOf(way, fault.name) !== null) : "not run |  |  |  |  | ";
    });
    return [...groups].map(([text, ways]) => {
      const names =
        ways.length === WAY_NAMES.length
          ? "every way"
          : ways.map((way) => WAY_WORDS[way]).join(", ");
      return `| ${fault.name} | ${names} | ${text} |`;
    });
  });
  return [
    "| fault | way | till | paper | in the end | 收银员看到 | the cashier reads |",
    "| --- | --- | --- | --- | --- | --- | --- |",
    ...rows,
  ];
}

function cloneTable(clones: SeenClones): string[] {
  return [
    "| printer | proof | till | paper | in the end | 收银员看到 | the cashier reads |",
    "| --- | --- | --- | --- | --- | --- | --- |",
    ...CLONES.map(({ name }) => {
      const outcome = clones.get(name);
      if (!outcome) return `| ${name} | not run |  |  |  |  |  |`;
      return `| ${name} | ${FENCES[outcome.fence ?? "none"]} | ${cells(outcome, limitOf(null, name) !== null)} |`;
    }),
  ];
}

const FENCES: Record<string, string> = { id: "its id", paperStatus: "`GS r 1`", none: "none" };

/** Everything behind the way, as the table has it. */
function cells(outcome: Outcome, isLimit: boolean): string {
  const { state, cause, paper, end } = outcome;
  const till = `${state}${cause === null ? "" : ` (${cause})`}${isLimit ? " ⚠" : ""}`;
  const told =
    state === "printed" || cause === null
      ? ["–", "–"]
      : [sentence("zh-CN", cause), sentence("en", cause)];
  return [till, paper, end, ...told].join(" | ");
}

const mark = (why: keyof typeof IMPOSSIBLE): string =>
  "¹²³⁴"[Object.keys(IMPOSSIBLE).indexOf(why)] ?? "";

type Causes = Record<string, { name: string; fix: string }>;
const causes = new Map<string, Causes>();

/** The sentence of the screen. */
function sentence(locale: "zh-CN" | "en", cause: string): string {
  let words = causes.get(locale);
  if (!words) {
    const file = new URL(`../../renderer/i18n/${locale}/causes.json`, import.meta.url);
    words = JSON.parse(readFileSync(file, "utf8")) as Causes;
    causes.set(locale, words);
  }
  const { name, fix } = words[cause] ?? { name: cause, fix: "" };
  return locale === "en" ? `${name}. ${fix}` : `${name}：${fix}`;
}

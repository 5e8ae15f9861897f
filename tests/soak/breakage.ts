import { registerHooks } from "node:module";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

/** Ways to break the till on purpose, one per invariant, to see that the soak notices. */
export const BREAKAGES = {
  /** Believes an answer that came sooner than paper can move. */
  falsePrinted: {
    file: "main/printing/job.ts",
    from: "return (paperMm / FASTEST_MM_PER_MS) * PLAUSIBLE_SHARE;",
    to: "return paperMm * 0;",
  },
  /** Takes an answer that an earlier paper still waited for as its own. */
  borrowedAnswer: {
    file: "main/printing/sensor-asks.ts",
    from: "if (this.older === 0)",
    to: "if (this.older >= 0)",
  },
  /** Forgets that an earlier paper may exist. */
  unmarkedDuplicates: {
    file: "main/till/receipt-desk.ts",
    from: "if (status.papers === 0)",
    to: "if (status.papers >= 0)",
  },
  /** Leaves the torn rest of a paper where it is. */
  notApart: {
    file: "main/printing/receipt-printer.ts",
    from: "Buffer.concat([document.finish, document.bytes])",
    to: "Buffer.concat([document.bytes])",
  },
  /** Leaves receipts nobody knows the fate of off the rail. */
  lost: {
    file: "main/sale-log/receipts.ts",
    from: "`${SELECT} WHERE r.state NOT IN ('printed',",
    to: "`${SELECT} WHERE r.state NOT IN ('unknown','failed','printed',",
  },
} as const;
export type Breakage = keyof typeof BREAKAGES;

/** Changes one line of the till as it is loaded. @throws Error when that line is no longer there. */
export function breakTill(kind: Breakage): void {
  const { file, from, to } = BREAKAGES[kind];
  registerHooks({
    load: (url, context, nextLoad) => {
      if (!url.endsWith(file)) return nextLoad(url, context);
      const source = readFileSync(fileURLToPath(url), "utf8");
      if (!source.includes(from)) throw new Error(`nothing to break in ${file}: ${from}`);
      return {
        format: "module-typescript",
        source: source.replace(from, to),
        shortCircuit: true,
      };
    },
  });
}

import type { SlipFate } from "./slip-fate.ts";
import styles from "./slip-stack.module.css";

const MAX_SLIPS = 7;
const WIDTH = 17;
const STEP = 20;

/**
 * The slips of a backlog in a row, each drawn as what the answer does with it: printed, printed for the tray,
 * left, struck off. A picture beside words that say the same.
 */
export function SlipStack({ fates }: { fates: readonly SlipFate[] }) {
  const shown = fates.slice(0, MAX_SLIPS);
  const width = MAX_SLIPS * STEP;
  return (
    <svg
      className={styles["stack"]}
      viewBox={`0 0 ${width} 36`}
      width={width}
      height={36}
      aria-hidden="true"
      focusable="false"
    >
      {shown.map((fate, index) => (
        // oxlint-disable-next-line no-array-index-key -- slips have no identity but their place
        <Slip key={index} fate={fate} x={index * STEP + 1} isMore={isMore(index, fates.length)} />
      ))}
    </svg>
  );
}

/** The last place stands for all that have none of their own. */
function isMore(index: number, count: number): boolean {
  return index === MAX_SLIPS - 1 && count > MAX_SLIPS;
}

function Slip({ fate, x, isMore: more }: { fate: SlipFate; x: number; isMore: boolean }) {
  const right = x + WIDTH - 2;
  const outline = `M${x} 4h${WIDTH - 2}v27l-2.5-2-2.5 2-2.5-2-2.5 2-2.5-2-2.5 2z`;
  return (
    <g className={styles[fate]}>
      <path className={styles["paper"]} d={outline} />
      {more ? (
        <path
          className={styles["ink"]}
          d={`M${x + 3} 17h.01 M${x + 7.5} 17h.01 M${x + 12} 17h.01`}
        />
      ) : fate === "ask" ? (
        <path
          className={styles["ink"]}
          d={`M${x + 5} 13a2.6 2.6 0 1 1 3.7 2.4c-.8.4-1.1.9-1.1 1.8 M${x + 7.6} 20.8h.01`}
        />
      ) : (
        <path className={styles["ink"]} d={`M${x + 3.5} 11h8 M${x + 3.5} 16h8 M${x + 3.5} 21h5`} />
      )}
      {fate === "strike" && <path className={styles["line"]} d={`M${x - 1} 30 ${right + 2} 5`} />}
    </g>
  );
}

import styles from "./printer-card.module.css";

/** Radii of the drawing: the core, and a full roll. */
const CORE = 9;
const FULL = 30;

/**
 * A paper roll seen from its side, as thick as what is left of it: the area of the ring is the paper. A dashed
 * ring when nobody knows.
 */
export function RollPicture({ leftM, usedM }: { leftM: number | null; usedM: number }) {
  const whole = leftM === null ? 0 : leftM + usedM;
  const share = leftM === null || whole === 0 ? 1 : leftM / whole;
  const radius = Math.sqrt(CORE ** 2 + share * (FULL ** 2 - CORE ** 2));
  return (
    <svg className={styles["rollPicture"]} viewBox="0 0 68 68" aria-hidden="true" focusable="false">
      <circle className={styles["rollRoom"]} cx={34} cy={34} r={FULL} />
      {leftM !== null && <circle className={styles["rollPaper"]} cx={34} cy={34} r={radius} />}
      {leftM !== null && <path className={styles["rollPaper"]} d={`M${34 + radius} 34v30`} />}
      <circle className={styles["rollCore"]} cx={34} cy={34} r={CORE} />
    </svg>
  );
}

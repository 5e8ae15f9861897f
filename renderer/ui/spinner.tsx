import styles from "./spinner.module.css";

/** Something is under way; put words beside it. */
export function Spinner({ size = 20 }: { size?: number }) {
  return (
    <svg
      className={styles["spinner"]}
      width={size}
      height={size}
      viewBox="0 0 24 24"
      aria-hidden="true"
    >
      <circle cx="12" cy="12" r="9" className={styles["track"]} />
      <path d="M12 3a9 9 0 0 1 9 9" className={styles["arc"]} />
    </svg>
  );
}

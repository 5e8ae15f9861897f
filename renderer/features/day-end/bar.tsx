import styles from "./report.module.css";

/** A length beside its number; the number says it to assistive technology. */
export function Bar({ share }: { share: number }) {
  return (
    <svg
      className={styles["bar"]}
      viewBox="0 0 100 4"
      preserveAspectRatio="none"
      aria-hidden="true"
    >
      <rect width="100" height="4" className={styles["barTrack"]} />
      <rect
        width={Math.max(0, Math.min(1, share)) * 100}
        height="4"
        className={styles["barFill"]}
      />
    </svg>
  );
}

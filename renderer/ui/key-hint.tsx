import styles from "./key-hint.module.css";

/**
 * The key that does the same, as it stands on the keyboard. Drawn by the style sheet: it is no part of
 * what a button is called (`aria-keyshortcuts` says it).
 */
export function KeyHint({ children }: { children: string }) {
  return <kbd className={styles["key"]} data-key={children} aria-hidden="true" />;
}

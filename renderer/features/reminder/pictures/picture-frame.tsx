import type { ReactNode } from "react";
import styles from "./picture.module.css";

/** A line drawing 240 by 170; what has to be moved or looked at is drawn with `styles.act`. */
export function PictureFrame({ children }: { children: ReactNode }) {
  return (
    <svg className={styles["picture"]} viewBox="0 0 240 170" aria-hidden="true" focusable="false">
      {children}
    </svg>
  );
}

/** The printer every drawing starts from. */
export function PrinterBody({ withLid = true }: { withLid?: boolean }) {
  return (
    <>
      <path d="M44 84h152a10 10 0 0 1 10 10v46a10 10 0 0 1-10 10H44a10 10 0 0 1-10-10V94a10 10 0 0 1 10-10z" />
      {withLid && <path d="M46 84l8-26a10 10 0 0 1 10-7h112a10 10 0 0 1 10 7l8 26" />}
      <path className={styles["thin"]} d="M58 104h124" />
      <path className={styles["thin"]} d="M184 132h8" />
    </>
  );
}

import styles from "./pictures.module.css";

/** A slip comes out, and an answer comes back along the cable. */
export function AnswerPicture() {
  return (
    <svg className={styles["scene"]} viewBox="0 0 360 150" aria-hidden="true" focusable="false">
      {/* Till */}
      <path d="M28 36h92v62H28z M60 98l-6 18 M88 98l6 18 M42 116h64" />
      <path className={styles["thin"]} d="M42 54h40 M42 66h56 M42 78h30" />
      {/* Printer */}
      <path d="M226 66h104a8 8 0 0 1 8 8v42a8 8 0 0 1-8 8H226a8 8 0 0 1-8-8V74a8 8 0 0 1 8-8z" />
      <path className={styles["sheet"]} d="M246 82V20l8 5 8-5 8 5 8-5 8 5 8-5 8 5 8-5v62" />
      <path className={styles["thin"]} d="M236 82h84 M258 40h40 M258 52h28 M258 64h36" />
      {/* Cable, and what comes back along it */}
      <path d="M120 104h98" />
      <path className={styles["act"]} d="M204 84h-66 M152 70l-14 14 14 14" />
    </svg>
  );
}

/** The lid goes up. */
export function CoverPicture() {
  return (
    <svg className={styles["scene"]} viewBox="0 0 360 150" aria-hidden="true" focusable="false">
      <path d="M104 76h148a8 8 0 0 1 8 8v42a8 8 0 0 1-8 8H104a8 8 0 0 1-8-8V84a8 8 0 0 1 8-8z" />
      <path className={styles["thin"]} d="M118 96h120" />
      <circle className={styles["sheet"]} cx="178" cy="66" r="22" />
      <circle className={styles["thin"]} cx="178" cy="66" r="6" />
      <path
        className={styles["act"]}
        d="M254 76 282 10 M282 10l-96-2 M300 62V22 M288 34l12-12 12 12"
      />
    </svg>
  );
}

/** A slip that lies on its own, or one that still hangs from the printer. */
export function CutPicture({ isCut }: { isCut: boolean }) {
  return (
    <svg className={styles["small"]} viewBox="0 0 96 72" aria-hidden="true" focusable="false">
      <path d="M10 44h76v20H10z" />
      <path className={styles["thin"]} d="M22 52h52" />
      <path className={styles["sheet"]} d={isCut ? "M30 34V6h36v28z" : "M30 52V6h36v46"} />
      <path className={styles["thin"]} d="M38 16h20 M38 24h12" />
      {isCut && <path className={styles["act"]} d="M20 40h56" strokeDasharray="6 5" />}
    </svg>
  );
}

/** A cash drawer, in or out. */
export function DrawerPicture({ isOpen }: { isOpen: boolean }) {
  return (
    <svg className={styles["small"]} viewBox="0 0 96 72" aria-hidden="true" focusable="false">
      <path d="M12 14h72v26H12z" />
      {isOpen ? (
        <>
          <path className={styles["act"]} d="M6 44h84l-6 20H12z" />
          <path className={styles["thin"]} d="M34 44l-2 20 M62 44l2 20" />
        </>
      ) : (
        <>
          <path className={styles["thin"]} d="M42 28h12" />
          <path className={styles["act"]} d="M22 58 74 6" />
        </>
      )}
    </svg>
  );
}

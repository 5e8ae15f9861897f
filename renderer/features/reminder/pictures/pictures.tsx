import { PictureFrame, PrinterBody } from "./picture-frame.tsx";
import styles from "./picture.module.css";

/** A new roll goes in from above. */
export function PaperOutPicture() {
  return (
    <PictureFrame>
      <PrinterBody withLid={false} />
      <path d="M44 84 62 20a8 8 0 0 1 8-6h30" />
      <g className={styles["move"]}>
        <circle cx="136" cy="42" r="24" />
        <circle cx="136" cy="42" r="7" />
        <path d="M160 42v24" />
      </g>
      <path className={styles["act"]} d="M196 18v36 M184 42l12 12 12-12" />
    </PictureFrame>
  );
}

/** The lid is pressed down. */
export function CoverPicture() {
  return (
    <PictureFrame>
      <PrinterBody withLid={false} />
      <g className={styles["move"]}>
        <path d="M196 76 66 34a8 8 0 0 0-10 6l-6 22" />
        <path d="M118 2v32 M106 22l12 12 12-12" />
      </g>
    </PictureFrame>
  );
}

/** Crumpled paper behind the blade. */
export function CutterPicture() {
  return (
    <PictureFrame>
      <PrinterBody />
      <path
        className={styles["act"]}
        d="M62 104l10-10 10 10 10-10 10 10 10-10 10 10 10-10 10 10 10-10 10 10 10-10 10 10"
      />
      <g className={styles["move"]}>
        <path d="M88 112l8 14-6 10 16 8 12-6 14 8 10-12-4-10 6-12" />
      </g>
    </PictureFrame>
  );
}

/** A plug that is not in its socket. */
export function CablePicture() {
  return (
    <PictureFrame>
      <g transform="translate(-26 0)">
        <PrinterBody />
      </g>
      <path d="M216 96h16v44h-16z M222 108h4 M222 118h4 M222 128h4" />
      <g className={styles["slide"]}>
        <path d="M180 118h10 M190 108h14v20h-14z" />
      </g>
    </PictureFrame>
  );
}

/** Mains switch and lamp. */
export function PowerPicture() {
  return (
    <PictureFrame>
      <PrinterBody />
      <path className={styles["act"]} d="M120 2v20 M102 12a26 26 0 1 0 36 0" />
      <circle className={styles["fill"]} cx="188" cy="132" r="7" />
    </PictureFrame>
  );
}

/** Is the slip there? */
export function LookPicture() {
  return (
    <PictureFrame>
      <PrinterBody />
      <path className={styles["sheet"]} d="M82 104h76v50l-10-6-9 6-9-6-10 6-10-6-9 6-9-6-10 6z" />
      <path className={styles["thin"]} d="M94 116h52 M94 127h34" />
      <g className={styles["act"]}>
        <path d="M70 30c14-18 32-26 50-26s36 8 50 26c-14 18-32 26-50 26S84 48 70 30z" />
        <circle cx="120" cy="30" r="11" />
      </g>
    </PictureFrame>
  );
}

/** Give it time. */
export function WaitPicture() {
  return (
    <PictureFrame>
      <PrinterBody />
      <g className={styles["act"]}>
        <circle cx="120" cy="28" r="24" />
        <path d="M120 14v15l10 7" />
      </g>
    </PictureFrame>
  );
}

/** The answer lies in the settings. */
export function SettingsPicture() {
  return (
    <PictureFrame>
      <PrinterBody />
      <g className={styles["act"]}>
        <circle cx="120" cy="26" r="9" />
        <path d="M120 3v8 M120 41v8 M97 26h8 M135 26h8 M104 10l5 5 M131 37l5 5 M104 42l5-5 M131 15l5-5" />
      </g>
    </PictureFrame>
  );
}

import { useEffect, useRef } from "react";
import type { ImageLine } from "../../main/domain/receipt/line.ts";
import styles from "./paper-strip.module.css";

const DOTS_PER_CELL = 12;

/** A picture of single dots, as wide on this paper as on the real one. */
export function PaperImage({ line, columns }: { line: ImageLine; columns: number }) {
  const { widthDots, heightDots, bits } = line;
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    const context = canvas.current?.getContext("2d");
    if (!context) return;
    const picture = context.createImageData(widthDots, heightDots);
    const bytes = atob(bits);
    const rowBytes = Math.ceil(widthDots / 8);
    for (let y = 0; y < heightDots; y += 1)
      for (let x = 0; x < widthDots; x += 1) {
        const byte = bytes.charCodeAt(y * rowBytes + (x >> 3));
        // Black where a dot is printed, else clear: the paper shows through.
        if ((byte >> (7 - (x & 7))) & 1) picture.data[(y * widthDots + x) * 4 + 3] = 255;
      }
    context.putImageData(picture, 0, 0);
  }, [widthDots, heightDots, bits]);
  return (
    <canvas
      ref={canvas}
      className={styles["image"]}
      width={widthDots}
      height={heightDots}
      style={{ width: `${Math.min(100, (widthDots / (columns * DOTS_PER_CELL)) * 100)}%` }}
      aria-hidden="true"
    />
  );
}

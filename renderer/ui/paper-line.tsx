import type { CSSProperties } from "react";
import type { ReceiptLine, Segment } from "../../main/domain/receipt/line.ts";
import { code128 } from "./barcode.ts";
import { cx } from "./cx.ts";
import styles from "./paper-strip.module.css";

/** One line of paper. A double-size line has half as many cells, each twice as wide. */
export function PaperLine({ line, columns }: { line: ReceiptLine; columns: number }) {
  switch (line.kind) {
    case "text":
      return (
        <div
          className={cx(
            styles["line"],
            styles[line.role],
            line.bold && styles["bold"],
            line.size === "double" && styles["double"],
          )}
          style={
            {
              "--cells": line.size === "double" ? Math.floor(columns / 2) : columns,
            } as CSSProperties
          }
        >
          {line.segments.map((segment) => (
            <PaperText key={segment.cell} segment={segment} />
          ))}
        </div>
      );
    case "rule":
      return <div className={styles["rule"]} />;
    case "feed":
      return <div className={styles["feed"]} style={{ "--lines": line.lines } as CSSProperties} />;
    case "barcode":
      return <Barcode data={line.data} />;
  }
}

function PaperText({ segment }: { segment: Segment }) {
  return (
    <span
      className={cx(styles["segment"], styles[segment.align])}
      style={{ gridColumn: `${segment.cell + 1} / span ${segment.cells}` }}
    >
      {segment.text}
    </span>
  );
}

function Barcode({ data }: { data: string }) {
  const { bars, modules } = code128(data);
  return (
    <svg
      className={styles["barcode"]}
      viewBox={`0 0 ${modules} 40`}
      preserveAspectRatio="none"
      role="img"
      aria-label={data}
    >
      {bars.map((bar) => (
        <rect key={bar.x} x={bar.x} y={0} width={bar.width} height={40} />
      ))}
    </svg>
  );
}

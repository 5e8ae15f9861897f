import { encodeQR } from "qr";
import type { CSSProperties } from "react";
import type { ReceiptLine, Segment } from "../../main/domain/receipt/line.ts";
import { code128, ean13, type Bar } from "./barcode.ts";
import { cx } from "./cx.ts";
import { PaperImage } from "./paper-image.tsx";
import styles from "./paper-strip.module.css";

/** One line of paper. A double-size line has half as many cells, each twice as wide. */
export function PaperLine({ line, columns }: { line: ReceiptLine; columns: number }) {
  switch (line.kind) {
    case "text":
      return (
        <div
          data-role={line.role}
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
      return <div className={styles["rule"]} data-role={line.role} />;
    case "feed":
      return <div className={styles["feed"]} style={{ "--lines": line.lines } as CSSProperties} />;
    case "barcode":
      if (line.data === "") return <Blank shape="barcode" />;
      return <Barcode label={line.data} {...code128(line.data)} />;
    case "code128":
      return <Barcode label={line.data} {...code128(line.data)} isRead />;
    case "ean13":
      return <Barcode label={line.data} {...ean13(line.data)} isRead />;
    case "qr":
      return line.data === "" ? <Blank shape="qr" /> : <QrCode data={line.data} />;
    case "image":
      return <PaperImage line={line} columns={columns} />;
  }
}

/** Where a code for scanners will stand once there is something for it to say. */
function Blank({ shape }: { shape: "barcode" | "qr" }) {
  return <div className={cx(styles["blank"], styles[shape])} aria-hidden="true" />;
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

/** `isRead`: what it says stands below, as the printer sets it. */
function Barcode({
  label,
  bars,
  modules,
  isRead = false,
}: {
  label: string;
  bars: readonly Bar[];
  modules: number;
  isRead?: boolean;
}) {
  return (
    <>
      <svg
        className={styles["barcode"]}
        viewBox={`0 0 ${modules} 40`}
        preserveAspectRatio="none"
        role="img"
        aria-label={label}
      >
        {bars.map((bar) => (
          <rect key={bar.x} x={bar.x} y={0} width={bar.width} height={40} />
        ))}
      </svg>
      {isRead && <div className={styles["readable"]}>{label}</div>}
    </>
  );
}

function QrCode({ data }: { data: string }) {
  // The library draws at least one module of quiet zone; paper has its own.
  const rows = encodeQR(data, "raw", { ecc: "medium", border: 1 })
    .slice(1, -1)
    .map((row) => row.slice(1, -1));
  const path = rows
    .flatMap((row, y) => row.map((isDark, x) => (isDark ? `M${x} ${y}h1v1h-1z` : "")))
    .join("");
  return (
    <svg
      className={styles["qr"]}
      viewBox={`0 0 ${rows.length} ${rows.length}`}
      role="img"
      aria-label={`QR: ${data}`}
    >
      <path d={path} />
    </svg>
  );
}

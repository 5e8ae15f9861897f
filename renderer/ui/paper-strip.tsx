import type { CSSProperties, ReactNode, Ref } from "react";
import type { ReceiptLine } from "../../main/domain/receipt/line.ts";
import { cx } from "./cx.ts";
import { PaperLine } from "./paper-line.tsx";
import styles from "./paper-strip.module.css";

/**
 * Receipt lines as ink on paper. The paper has `columns` cells across (32 on 58 mm, 48 on 80 mm) and every
 * text stands in the very cells it takes on paper, whatever the font. Its size follows from the width of
 * the element: one cell is its width divided by `columns`.
 */
export function PaperStrip({
  lines,
  columns,
  highlightItem = null,
  selectedItem = null,
  isMarked = true,
  onItem,
  edge = "torn",
  children,
  className,
  ref,
}: {
  lines: readonly ReceiptLine[];
  columns: number;
  /** Basket line shown as just added. */
  highlightItem?: number | null;
  /** Basket line the keys act on. */
  selectedItem?: number | null;
  /** Shows the selected line as chosen by hand. */
  isMarked?: boolean;
  onItem?: (item: number) => void;
  edge?: "torn" | "straight";
  children?: ReactNode;
  className?: string | undefined;
  ref?: Ref<HTMLDivElement>;
}) {
  const shared = { columns, highlightItem, selectedItem: isMarked ? selectedItem : null };
  return (
    <div
      ref={ref}
      className={cx(styles["strip"], edge === "torn" && styles["torn"], className)}
      style={{ "--columns": columns } as CSSProperties}
    >
      <div className={styles["ink"]}>
        {byItem(lines).map(({ item, group }, index) =>
          item !== null && onItem ? (
            <button
              // oxlint-disable-next-line no-array-index-key -- lines have no identity but their place
              key={index}
              type="button"
              tabIndex={-1}
              className={styles["item"]}
              aria-pressed={item === selectedItem}
              onClick={() => onItem(item)}
            >
              <PaperGroup {...shared} group={group} item={item} />
            </button>
          ) : (
            // oxlint-disable-next-line no-array-index-key
            <PaperGroup key={index} {...shared} group={group} item={item} />
          ),
        )}
        {children}
      </div>
    </div>
  );
}

function PaperGroup({
  group,
  item,
  columns,
  highlightItem,
  selectedItem,
}: {
  group: ReceiptLine[];
  item: number | null;
  columns: number;
  highlightItem: number | null;
  selectedItem: number | null;
}) {
  return (
    <div
      className={cx(
        item !== null && item === highlightItem && styles["fresh"],
        item !== null && item === selectedItem && styles["selected"],
      )}
    >
      {group.map((line, index) => (
        // oxlint-disable-next-line no-array-index-key
        <PaperLine key={index} line={line} columns={columns} />
      ))}
    </div>
  );
}

/** Neighbouring lines of one basket item belong together; all others stand alone. */
function byItem(lines: readonly ReceiptLine[]): { item: number | null; group: ReceiptLine[] }[] {
  const groups: { item: number | null; group: ReceiptLine[] }[] = [];
  for (const line of lines) {
    const item = line.kind === "text" ? (line.item ?? null) : null;
    const last = groups.at(-1);
    if (item !== null && last?.item === item) last.group.push(line);
    else groups.push({ item, group: [line] });
  }
  return groups;
}

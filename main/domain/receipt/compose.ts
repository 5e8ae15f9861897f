import { cellsOf, wrap, type LineRole, type ReceiptLine, type TextLine } from "./line.ts";

const LINE_BREAK = /\r\n?|\n/;

interface Style {
  bold?: boolean;
  item?: number;
}

/**
 * Small builders for lines of one paper width. `columns` is normal cells: 32 on 58 mm, 48 on 80 mm, 35 and 42 on
 * some printers. A line break in a text begins a new line.
 */
export function composer(columns: number) {
  const text = (role: LineRole, segments: TextLine["segments"], style: Style): TextLine => ({
    kind: "text",
    role,
    segments,
    bold: style.bold ?? false,
    size: "normal",
    ...(style.item === undefined ? {} : { item: style.item }),
  });

  const aligned = (
    role: LineRole,
    content: string,
    align: "left" | "center" | "right",
    style: Style = {},
  ) =>
    content
      .split(LINE_BREAK)
      .flatMap((paragraph) => wrap(paragraph, columns))
      .map((part) => text(role, [{ text: part, cell: 0, cells: columns, align }], style));

  /**
   * Left and right on one line, or the left wrapped above the right. A right that fits the paper is
   * never broken, so an amount always stands whole; only a name can be wider.
   */
  const pair = (role: LineRole, left: string, right: string, style: Style = {}): TextLine[] => {
    const rightCells = cellsOf(right);
    const leftCells = columns - rightCells - 1;
    if (cellsOf(left) <= leftCells)
      return [
        text(
          role,
          [
            { text: left, cell: 0, cells: leftCells, align: "left" },
            { text: right, cell: columns - rightCells, cells: rightCells, align: "right" },
          ],
          style,
        ),
      ];
    return [
      ...aligned(role, left, "left", style),
      ...(rightCells > columns
        ? aligned(role, right, "right", style)
        : [text(role, [{ text: right, cell: 0, cells: columns, align: "right" }], style)]),
    ];
  };

  /** As `pair`, twice the size; falls back to normal size, bold, when it would not fit. */
  const bigPair = (role: LineRole, left: string, right: string): TextLine[] => {
    const cells = Math.floor(columns / 2);
    const rightCells = cellsOf(right);
    if (cellsOf(left) + rightCells + 1 > cells) return pair(role, left, right, { bold: true });
    const segments: TextLine["segments"] = [
      { text: left, cell: 0, cells: cells - rightCells - 1, align: "left" },
      { text: right, cell: cells - rightCells, cells: rightCells, align: "right" },
    ];
    return [{ kind: "text", role, segments, bold: true, size: "double" }];
  };

  /** One centred text, twice the size where it fits. */
  const bigCenter = (role: LineRole, content: string): TextLine[] => {
    const cells = Math.floor(columns / 2);
    return wrap(content, cells).map((part) => ({
      kind: "text",
      role,
      segments: [{ text: part, cell: 0, cells, align: "center" }],
      bold: true,
      size: "double",
    }));
  };

  return {
    columns,
    text,
    left: (role: LineRole, content: string, style: Style = {}) =>
      aligned(role, content, "left", style),
    center: (role: LineRole, content: string, style: Style = {}) =>
      aligned(role, content, "center", style),
    pair,
    bigPair,
    bigCenter,
    rule: (role: LineRole): ReceiptLine => ({ kind: "rule", role, cells: columns }),
    feed: (lines: number): ReceiptLine => ({ kind: "feed", role: "note", lines }),
    barcode: (data: string): ReceiptLine => ({ kind: "barcode", role: "code", data }),
  };
}

export type Composer = ReturnType<typeof composer>;

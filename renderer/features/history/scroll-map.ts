/**
 * A browser lays out no more than some thirty million pixels; five million rows need ten times that.
 * Up to this height a list scrolls as any other. Beyond it the scroll bar stands for the whole list,
 * while a wheel or a finger still moves the rows pixel by pixel.
 */
const MAX_SPACE_PX = 8_000_000;
/** A scroll bar that is further than this share of its way from where it belongs is put right. */
const MAX_DRIFT = 0.2;
const MARGIN_VIEWS = 10;
/** Moves longer than this many views come from dragging the bar, not from a wheel. */
const LONGEST_STEP_VIEWS = 3;

export interface ScrollSize {
  rows: number;
  rowPx: number;
  viewPx: number;
}

/** Where the list is: `topPx` in rows that are all there, `barPx` in the space the browser scrolls. */
export interface ScrollPlace {
  topPx: number;
  barPx: number;
}

export const AT_TOP: ScrollPlace = { topPx: 0, barPx: 0 };

/** Height of what the browser scrolls. */
export function spacePx({ rows, rowPx }: ScrollSize): number {
  return Math.min(rows * rowPx, MAX_SPACE_PX);
}

/** Furthest the top edge can go. */
function endPx({ rows, rowPx, viewPx }: ScrollSize): number {
  return Math.max(0, rows * rowPx - viewPx);
}

function barEndPx(size: ScrollSize): number {
  return Math.max(0, spacePx(size) - size.viewPx);
}

/**
 * Room kept at both ends of the bar while the list itself is not at its end: a wheel can't turn a bar
 * further than to its end.
 */
function marginPx(size: ScrollSize): number {
  return Math.min(MARGIN_VIEWS * size.viewPx, barEndPx(size) / 4);
}

/** The place with this top edge, the bar where it belongs. */
export function placeAt(size: ScrollSize, topPx: number): ScrollPlace {
  const end = endPx(size);
  const barEnd = barEndPx(size);
  if (topPx <= 0 || end === 0) return AT_TOP;
  if (topPx >= end) return { topPx: end, barPx: barEnd };
  if (end <= barEnd) return { topPx, barPx: topPx };
  const margin = marginPx(size);
  const barPx = Math.min(Math.max(margin, (topPx / end) * barEnd), barEnd - margin);
  return { topPx, barPx };
}

/**
 * The place after the browser has moved the bar. Its `barPx` differs from the browser's when the bar
 * has to be put right; the caller then sets it.
 */
export function scrolled(size: ScrollSize, before: ScrollPlace, barPx: number): ScrollPlace {
  const barEnd = barEndPx(size);
  const end = endPx(size);
  if (end <= barEnd) return { topPx: Math.min(Math.max(0, barPx), end), barPx };
  const step = barPx - before.barPx;
  if (Math.abs(step) > LONGEST_STEP_VIEWS * size.viewPx)
    return { topPx: (Math.min(Math.max(0, barPx), barEnd) / barEnd) * end, barPx };
  const proper = placeAt(size, before.topPx + step);
  const margin = marginPx(size);
  const isInMargin = barPx < margin || barPx > barEnd - margin;
  const hasDrifted = Math.abs(barPx - proper.barPx) > MAX_DRIFT * barEnd;
  const isAtEnd = proper.topPx === 0 || proper.topPx === end;
  return isAtEnd || isInMargin || hasDrifted ? proper : { topPx: proper.topPx, barPx };
}

/** The place nearest to this one in which a row is wholly in view. */
export function revealed(size: ScrollSize, place: ScrollPlace, row: number): ScrollPlace {
  const rowTop = row * size.rowPx;
  if (rowTop < place.topPx) return placeAt(size, rowTop);
  const rowEnd = rowTop + size.rowPx;
  if (rowEnd > place.topPx + size.viewPx) return placeAt(size, rowEnd - size.viewPx);
  return place;
}

/** First and last row that are in view or nearly so. */
export function rowsInView(
  { rows, rowPx, viewPx }: ScrollSize,
  { topPx }: ScrollPlace,
  spare: number,
): { first: number; last: number } {
  return {
    first: Math.max(0, Math.floor(topPx / rowPx) - spare),
    last: Math.min(rows - 1, Math.ceil((topPx + viewPx) / rowPx) - 1 + spare),
  };
}

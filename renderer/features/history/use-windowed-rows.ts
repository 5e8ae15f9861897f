import { useCallback, useEffect, useLayoutEffect, useRef, useState, type RefObject } from "react";
import {
  AT_TOP,
  placeAt,
  revealed,
  rowsInView,
  scrolled,
  spacePx,
  type ScrollPlace,
  type ScrollSize,
} from "./scroll-map.ts";

/** Rows made beyond what is seen, so that a quick finger finds them there. */
const SPARE_ROWS = 6;

export interface WindowedRows {
  boxRef: RefObject<HTMLDivElement | null>;
  onScroll: () => void;
  /** Height of what is scrolled, in pixels. */
  heightPx: number;
  first: number;
  last: number;
  /** Where a row stands inside what is scrolled, in pixels. */
  offsetPx: (row: number) => number;
  /** Rows that are seen at a time. */
  pageRows: number;
  reveal: (row: number) => void;
  /** Brings a row to the top edge. */
  bringUp: (row: number) => void;
}

/** Any number of rows of one height, of which only those in view are in the page. */
export function useWindowedRows(rows: number, rowPx: number): WindowedRows {
  const boxRef = useRef<HTMLDivElement>(null);
  const [viewPx, setViewPx] = useState(0);
  const [place, setPlace] = useState<ScrollPlace>(AT_TOP);
  const size: ScrollSize = { rows, rowPx, viewPx };

  useEffect(() => {
    const box = boxRef.current;
    if (!box) return;
    const observer = new ResizeObserver(() => setViewPx(box.clientHeight));
    observer.observe(box);
    return () => observer.disconnect();
  }, []);

  const go = useCallback((next: ScrollPlace) => {
    setPlace(next);
    const box = boxRef.current;
    if (box && Math.abs(box.scrollTop - next.barPx) >= 1) box.scrollTop = next.barPx;
  }, []);

  // A list that became shorter, or rows of another height: the place must still be in it.
  useLayoutEffect(() => {
    setPlace((before) => {
      const box = boxRef.current;
      const inside = placeAt({ rows, rowPx, viewPx }, before.topPx);
      if (inside.topPx === before.topPx) return before;
      if (box) box.scrollTop = inside.barPx;
      return inside;
    });
  }, [rows, rowPx, viewPx]);

  const { first, last } = rowsInView(size, place, SPARE_ROWS);
  return {
    boxRef,
    onScroll: () => {
      const box = boxRef.current;
      if (!box || Math.abs(box.scrollTop - place.barPx) < 1) return;
      go(scrolled(size, place, box.scrollTop));
    },
    heightPx: spacePx(size),
    first,
    last,
    offsetPx: (row) => Math.round(row * rowPx - place.topPx + place.barPx),
    pageRows: Math.max(1, Math.floor(viewPx / rowPx)),
    reveal: (row) => {
      const next = revealed(size, place, row);
      if (next !== place) go(next);
    },
    bringUp: (row) => go(placeAt(size, row * rowPx)),
  };
}

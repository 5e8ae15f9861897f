import type { PathCommand } from "./font-files.ts";

interface Edge {
  x0: number;
  y0: number;
  x1: number;
  y1: number;
  /** +1 downwards, -1 upwards. */
  winding: number;
}

interface Placement {
  scaleX: number;
  scaleY: number;
  originX: number;
  baselineY: number;
}

const CURVE_STEPS = 8;
/** Sub-rows per dot. */
const SUB_ROWS = 5;
/** A dot is burnt when this much of it is covered. Below a half, so that thin strokes hold together. */
const BURN_COVERAGE = 0.42;

/** Fills an outline (non-zero winding) into one-bit dots, one byte each. */
export function fillOutline(
  commands: readonly PathCommand[],
  place: Placement,
  width: number,
  height: number,
): Uint8Array {
  const crossings = crossingsOf(flatten(commands, place), height * SUB_ROWS);
  const coverage = new Float32Array(width * height);
  for (const [subRow, met] of crossings.entries()) {
    const row = Math.floor(subRow / SUB_ROWS);
    for (const [from, to] of insideSpans(met)) addSpan(coverage, row * width, width, from, to);
  }
  return Uint8Array.from(coverage, (share) => (share / SUB_ROWS >= BURN_COVERAGE ? 1 : 0));
}

function addSpan(coverage: Float32Array, offset: number, width: number, from: number, to: number) {
  const start = Math.max(0, from);
  const end = Math.min(width, to);
  for (let x = Math.floor(start); x < end; x += 1) {
    const share = Math.min(end, x + 1) - Math.max(start, x);
    coverage[offset + x] = (coverage[offset + x] ?? 0) + share;
  }
}

interface Crossing {
  x: number;
  winding: number;
}

/** Where the edges cross the middle of every sub-row. */
function crossingsOf(edges: readonly Edge[], subRows: number): Crossing[][] {
  const rows = Array.from({ length: subRows }, (): Crossing[] => []);
  for (const { x0, y0, x1, y1, winding } of edges) {
    const first = Math.max(0, Math.floor(y0 * SUB_ROWS - 0.5));
    for (let subRow = first; subRow < subRows; subRow += 1) {
      const y = (subRow + 0.5) / SUB_ROWS;
      if (y >= y1) break;
      if (y >= y0) rows[subRow]?.push({ x: x0 + ((y - y0) / (y1 - y0)) * (x1 - x0), winding });
    }
  }
  return rows;
}

function insideSpans(met: readonly Crossing[]): [number, number][] {
  const crossings = met.toSorted((a, b) => a.x - b.x);
  const spans: [number, number][] = [];
  let winding = 0;
  let from = 0;
  for (const crossing of crossings) {
    if (winding === 0) from = crossing.x;
    winding += crossing.winding;
    if (winding === 0) spans.push([from, crossing.x]);
  }
  return spans;
}

function flatten(commands: readonly PathCommand[], place: Placement): Edge[] {
  const edges: Edge[] = [];
  const at = (x: number, y: number) => ({
    x: place.originX + x * place.scaleX,
    y: place.baselineY + y * place.scaleY,
  });
  let start = at(0, 0);
  let pen = start;
  const lineTo = (next: { x: number; y: number }) => {
    if (next.y > pen.y) edges.push({ x0: pen.x, y0: pen.y, x1: next.x, y1: next.y, winding: 1 });
    if (next.y < pen.y) edges.push({ x0: next.x, y0: next.y, x1: pen.x, y1: pen.y, winding: -1 });
    pen = next;
  };
  for (const command of commands) {
    if (command.type === "Z") {
      lineTo(start);
      continue;
    }
    const end = at(command.x, command.y);
    if (command.type === "M") {
      start = end;
      pen = end;
    } else if (command.type === "L") {
      lineTo(end);
    } else if (command.type === "Q" || command.type === "C") {
      const first = at(command.x1, command.y1);
      const second = command.type === "C" ? at(command.x2, command.y2) : undefined;
      for (const point of curve(pen, first, second, end)) lineTo(point);
    }
  }
  return edges;
}

type Point = { x: number; y: number };

/** Points along a quadratic curve, or a cubic one when there is a second control point. */
function curve(from: Point, first: Point, second: Point | undefined, to: Point): Point[] {
  return Array.from({ length: CURVE_STEPS }, (_, index) => {
    const t = (index + 1) / CURVE_STEPS;
    const u = 1 - t;
    const mix = (axis: "x" | "y") =>
      second === undefined
        ? u * u * from[axis] + 2 * u * t * first[axis] + t * t * to[axis]
        : u * u * u * from[axis] +
          3 * u * u * t * first[axis] +
          3 * u * t * t * second[axis] +
          t * t * t * to[axis];
    return { x: mix("x"), y: mix("y") };
  });
}

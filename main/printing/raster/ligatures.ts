/**
 * Ligature substitution (OpenType GSUB lookup type 4), which is how an emoji font turns a sequence into one picture.
 * https://learn.microsoft.com/typography/opentype/spec/gsub
 */

interface Coverage {
  format: number;
  glyphs?: number[];
  ranges?: { start: number; end: number; index: number }[];
}

interface LigatureSubtable {
  coverage: Coverage;
  ligatureSets: { components: number[]; ligGlyph: number }[][];
}

interface Substitutions {
  tables: { gsub?: { lookups: { lookupType: number; subtables: unknown[] }[] } };
}

const LIGATURE = 4;

/** The glyphs of a text with every ligature the font has applied, in the order of its lookups. */
export function ligate(font: Substitutions, glyphs: readonly number[]): number[] {
  let result = [...glyphs];
  for (const lookup of font.tables.gsub?.lookups ?? []) {
    if (lookup.lookupType !== LIGATURE) continue;
    for (const subtable of lookup.subtables)
      if (isLigatures(subtable)) result = substitute(subtable, result);
  }
  return result;
}

function isLigatures(subtable: unknown): subtable is LigatureSubtable {
  return typeof subtable === "object" && subtable !== null && "ligatureSets" in subtable;
}

function substitute(subtable: LigatureSubtable, glyphs: readonly number[]): number[] {
  const result: number[] = [];
  for (let at = 0; at < glyphs.length; at += 1) {
    const first = glyphs[at] ?? 0;
    const ligature = subtable.ligatureSets[coverageIndex(subtable.coverage, first)]?.find((each) =>
      each.components.every((component, index) => glyphs[at + 1 + index] === component),
    );
    result.push(ligature?.ligGlyph ?? first);
    at += ligature?.components.length ?? 0;
  }
  return result;
}

function coverageIndex(coverage: Coverage, glyph: number): number {
  if (coverage.glyphs !== undefined) return coverage.glyphs.indexOf(glyph);
  const range = coverage.ranges?.find(({ start, end }) => glyph >= start && glyph <= end);
  return range === undefined ? -1 : range.index + glyph - range.start;
}

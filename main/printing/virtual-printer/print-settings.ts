/** Everything ESC @ resets. Dots are printer dots, 8 per mm. */
export interface PrintSettings {
  alignment: 0 | 1 | 2;
  ankSizeX: number;
  ankSizeY: number;
  /** Chinese characters have their own size: ESC ! does not touch it, FS ! and GS ! do. */
  kanjiSizeX: number;
  kanjiSizeY: number;
  ankUnderline: boolean;
  kanjiUnderline: boolean;
  bold: boolean;
  reverse: boolean;
  upsideDown: boolean;
  font: "A" | "B";
  ankSpacingDots: number;
  kanjiLeftDots: number;
  kanjiRightDots: number;
  /** 1/6 inch after power-on and ESC 2. */
  lineSpacingMm: number;
  leftMarginDots: number;
  areaWidthDots: number;
  tabColumns: number[];
  codePage: number;
  nationalSet: number;
  /** FS & / FS . */
  chinese: boolean;
  barcodeHeightDots: number;
  barcodeModuleDots: number;
  /** GS H: 0 none, 1 above, 2 below, 3 both. */
  hriPosition: number;
  hriFont: "A" | "B";
  qrModuleDots: number;
  qrLevel: "L" | "M" | "Q" | "H";
  qrData: Uint8Array;
}

export const DEFAULT_LINE_SPACING_MM = 25.4 / 6;

/** Settings of a Chinese-firmware printer after power-on: Chinese mode is on. */
export function defaultSettings(widthDots: number): PrintSettings {
  return {
    alignment: 0,
    ankSizeX: 1,
    ankSizeY: 1,
    kanjiSizeX: 1,
    kanjiSizeY: 1,
    ankUnderline: false,
    kanjiUnderline: false,
    bold: false,
    reverse: false,
    upsideDown: false,
    font: "A",
    ankSpacingDots: 0,
    kanjiLeftDots: 0,
    kanjiRightDots: 0,
    lineSpacingMm: DEFAULT_LINE_SPACING_MM,
    leftMarginDots: 0,
    areaWidthDots: widthDots,
    tabColumns: Array.from({ length: 31 }, (_, index) => (index + 1) * 8),
    codePage: 0,
    nationalSet: 0,
    chinese: true,
    barcodeHeightDots: 162,
    barcodeModuleDots: 3,
    hriPosition: 0,
    hriFont: "A",
    qrModuleDots: 3,
    qrLevel: "L",
    qrData: new Uint8Array(),
  };
}

/** Character cell of the two ANK fonts. */
export function ankCell(font: "A" | "B"): { widthDots: number; heightDots: number } {
  return font === "A" ? { widthDots: 12, heightDots: 24 } : { widthDots: 9, heightDots: 17 };
}

export const KANJI_CELL = { widthDots: 24, heightDots: 24 } as const;

import type { ReceiptTemplate } from "../../../../main/contract/template.ts";
import { CELL_DOTS } from "../../../../main/domain/receipt/layout.ts";
import { LOGO_LIMIT, logoFromPixels } from "../../../../main/domain/receipt/logo.ts";

type Logo = NonNullable<ReceiptTemplate["logo"]>;

/** Pixels of a picture, four bytes each, row by row. */
export interface Pixels {
  rgba: Uint8ClampedArray;
  width: number;
  height: number;
}

/** Parts of the paper's width a logo may take. */
export const LOGO_SIZES = { small: 1 / 3, medium: 1 / 2, large: 3 / 4, whole: 1 } as const;
export type LogoSize = keyof typeof LOGO_SIZES;

/** Photographs come with far more pixels than paper has dots; the browser shrinks those faster. */
const MAX_EDGE = 1_200;

/**
 * Reads a picture file of any kind the browser shows.
 * @throws when it is none, or has nothing in it.
 */
export async function readPicture(file: Blob): Promise<Pixels> {
  const url = URL.createObjectURL(file);
  try {
    const image = new Image();
    image.src = url;
    await image.decode();
    const { naturalWidth, naturalHeight } = image;
    const scale = Math.min(1, MAX_EDGE / Math.max(naturalWidth, naturalHeight, 1));
    const width = Math.round(naturalWidth * scale);
    const height = Math.round(naturalHeight * scale);
    const canvas = document.createElement("canvas");
    canvas.width = width;
    canvas.height = height;
    const context = canvas.getContext("2d", { willReadFrequently: true });
    if (!context || width < 1 || height < 1) throw new Error("no picture in the file");
    context.imageSmoothingQuality = "high";
    context.drawImage(image, 0, 0, width, height);
    return { rgba: context.getImageData(0, 0, width, height).data, width, height };
  } finally {
    URL.revokeObjectURL(url);
  }
}

/** The dots of a logo that takes this part of the paper. */
export function logoOf({ rgba, width, height }: Pixels, size: LogoSize, columns: number): Logo {
  const paperDots = Math.min(LOGO_LIMIT.widthDots, columns * CELL_DOTS);
  return logoFromPixels(rgba, width, height, {
    widthDots: Math.floor(paperDots * LOGO_SIZES[size]),
    heightDots: LOGO_LIMIT.heightDots,
  });
}

/** True when not a dot of it would be printed: white on white, or all see-through. */
export function isBlank({ bits }: Logo): boolean {
  return /^A*=*$/.test(bits);
}

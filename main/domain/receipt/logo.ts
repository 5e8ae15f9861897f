/**
 * A picture for a printer that only knows burnt and not burnt. Rows from the top, each padded to
 * whole bytes, highest bit left, 1 is black.
 */
export interface LogoImage {
  widthDots: number;
  heightDots: number;
  /** base64 */
  bits: string;
}

/** Widest paper, and 30 mm of it: more would be all logo. */
export const LOGO_LIMIT = { widthDots: 576, heightDots: 240 } as const;

/** Brightness of paper and of ink. */
const WHITE = 255;
const HALF = 128;

interface Shades {
  width: number;
  height: number;
  /** 0 black to 255 white, row by row. */
  values: Float32Array;
}

/**
 * Makes a logo of a picture's pixels: on white, scaled down to fit `limit` (never up), greys as error-diffused dots
 * (Floyd and Steinberg). Black and white drawings that fit keep every dot.
 * @param rgba four bytes a pixel, row by row, as a canvas gives them.
 * @throws RangeError when the byte count does not fit the size, or there are no pixels.
 */
export function logoFromPixels(
  rgba: Uint8ClampedArray | Uint8Array,
  width: number,
  height: number,
  limit: { widthDots: number; heightDots: number } = LOGO_LIMIT,
): LogoImage {
  if (width < 1 || height < 1 || rgba.length !== width * height * 4)
    throw new RangeError("pixels do not fit the size of the picture");
  const values = new Float32Array(width * height);
  for (let at = 0; at < values.length; at += 1) {
    const [red = 0, green = 0, blue = 0, alpha = 0] = rgba.subarray(at * 4, at * 4 + 4);
    // ITU-R BT.601 brightness, on white where the picture is see-through.
    const brightness = 0.299 * red + 0.587 * green + 0.114 * blue;
    values[at] = WHITE + ((brightness - WHITE) * alpha) / 255;
  }
  const shades = shrink({ width, height, values }, limit.widthDots, limit.heightDots);
  diffuse(shades);
  return pack(shades);
}

/** The same logo no wider than the paper; unchanged when it fits. */
export function fitLogo(logo: LogoImage, widthDots: number): LogoImage {
  if (logo.widthDots <= widthDots) return logo;
  const shades = shrink(unpack(logo), widthDots, logo.heightDots);
  for (let at = 0; at < shades.values.length; at += 1)
    shades.values[at] = (shades.values[at] ?? WHITE) < HALF ? 0 : WHITE;
  return pack(shades);
}

/** Every dot becomes the mean of what it covers; proportions stay. */
function shrink(source: Shades, maxWidth: number, maxHeight: number): Shades {
  const scale = Math.min(1, maxWidth / source.width, maxHeight / source.height);
  if (scale === 1) return source;
  const width = Math.max(1, Math.floor(source.width * scale));
  const height = Math.max(1, Math.floor(source.height * scale));
  const values = new Float32Array(width * height);
  const [stepX, stepY] = [source.width / width, source.height / height];
  for (let y = 0; y < height; y += 1)
    for (let x = 0; x < width; x += 1)
      values[y * width + x] = mean(source, x * stepX, y * stepY, (x + 1) * stepX, (y + 1) * stepY);
  return { width, height, values };
}

function mean({ width, height, values }: Shades, x0: number, y0: number, x1: number, y1: number) {
  let sum = 0;
  let area = 0;
  for (let y = Math.floor(y0); y < Math.min(height, y1); y += 1) {
    const high = Math.min(y + 1, y1) - Math.max(y, y0);
    for (let x = Math.floor(x0); x < Math.min(width, x1); x += 1) {
      const share = high * (Math.min(x + 1, x1) - Math.max(x, x0));
      sum += share * (values[y * width + x] ?? WHITE);
      area += share;
    }
  }
  return area === 0 ? WHITE : sum / area;
}

function diffuse({ width, height, values }: Shades): void {
  const pass = (x: number, y: number, error: number) => {
    const at = y * width + x;
    if (x >= 0 && x < width && y < height) values[at] = (values[at] ?? 0) + error;
  };
  for (let y = 0; y < height; y += 1)
    for (let x = 0; x < width; x += 1) {
      const wanted = values[y * width + x] ?? WHITE;
      const got = wanted < HALF ? 0 : WHITE;
      values[y * width + x] = got;
      const error = (wanted - got) / 16;
      pass(x + 1, y, error * 7);
      pass(x - 1, y + 1, error * 3);
      pass(x, y + 1, error * 5);
      pass(x + 1, y + 1, error);
    }
}

function pack({ width, height, values }: Shades): LogoImage {
  const rowBytes = Math.ceil(width / 8);
  const bytes = new Uint8Array(rowBytes * height);
  for (let y = 0; y < height; y += 1)
    for (let x = 0; x < width; x += 1) {
      if ((values[y * width + x] ?? WHITE) >= HALF) continue;
      const at = y * rowBytes + (x >> 3);
      bytes[at] = (bytes[at] ?? 0) | (0x80 >> (x & 7));
    }
  let binary = "";
  for (const byte of bytes) binary += String.fromCharCode(byte);
  return { widthDots: width, heightDots: height, bits: btoa(binary) };
}

function unpack({ widthDots, heightDots, bits }: LogoImage): Shades {
  const binary = atob(bits);
  const rowBytes = Math.ceil(widthDots / 8);
  const values = new Float32Array(widthDots * heightDots).fill(WHITE);
  for (let y = 0; y < heightDots; y += 1)
    for (let x = 0; x < widthDots; x += 1) {
      const byte = binary.charCodeAt(y * rowBytes + (x >> 3)) || 0;
      if ((byte & (0x80 >> (x & 7))) !== 0) values[y * widthDots + x] = 0;
    }
  return { width: widthDots, height: heightDots, values };
}

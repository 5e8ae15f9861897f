/** A stretch of paper in printer dots: one byte per dot, 1 is burnt. */
export class DotCanvas {
  readonly width: number;
  readonly height: number;
  readonly dots: Uint8Array;

  constructor(width: number, height: number) {
    this.width = width;
    this.height = height;
    this.dots = new Uint8Array(width * height);
  }

  burn(x: number, y: number): void {
    if (x >= 0 && y >= 0 && x < this.width && y < this.height) this.dots[y * this.width + x] = 1;
  }

  burnBox(x: number, y: number, width: number, height: number): void {
    for (let row = y; row < y + height; row += 1) {
      for (let column = x; column < x + width; column += 1) this.burn(column, row);
    }
  }

  /** Copies dots, each `scaleX` by `scaleY` dots large, the way printers enlarge characters. */
  burnDots(
    source: { width: number; height: number; dots: Uint8Array },
    x: number,
    y: number,
    scaleX = 1,
    scaleY = 1,
  ): void {
    for (let row = 0; row < source.height; row += 1) {
      for (let column = 0; column < source.width; column += 1) {
        if (source.dots[row * source.width + column] !== 1) continue;
        this.burnBox(x + column * scaleX, y + row * scaleY, scaleX, scaleY);
      }
    }
  }

  /** White on black. */
  invert(): void {
    for (const [index, dot] of this.dots.entries()) this.dots[index] = 1 - dot;
  }

  turnUpsideDown(): void {
    this.dots.reverse();
  }
}

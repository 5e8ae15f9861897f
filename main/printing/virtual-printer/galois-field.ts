/** Arithmetic in GF(2^8) modulo 11Dh, and the Reed-Solomon remainder QR codes use. */
export class GaloisField {
  readonly #exp = new Uint8Array(510);
  readonly #log = new Uint8Array(256);

  constructor() {
    for (let power = 0, value = 1; power < 255; power += 1) {
      this.#exp[power] = value;
      this.#exp[power + 255] = value;
      this.#log[value] = power;
      value = (value << 1) ^ (value >> 7 === 1 ? 0x11d : 0);
    }
  }

  multiply(a: number, b: number): number {
    if (a === 0 || b === 0) return 0;
    return this.#exp[(this.#log[a] ?? 0) + (this.#log[b] ?? 0)] ?? 0;
  }

  /** Coefficients of (x - 1)(x - 2)(x - 4)… without the leading 1. */
  generator(degree: number): Uint8Array {
    const result = new Uint8Array(degree);
    result[degree - 1] = 1;
    let root = 1;
    for (let step = 0; step < degree; step += 1) {
      for (let index = 0; index < degree; index += 1) {
        const next = result[index + 1] ?? 0;
        result[index] = this.multiply(result[index] ?? 0, root) ^ next;
      }
      root = this.multiply(root, 2);
    }
    return result;
  }

  remainder(data: Uint8Array, generator: Uint8Array): Uint8Array {
    const result = new Uint8Array(generator.length);
    for (const byte of data) {
      const factor = byte ^ (result[0] ?? 0);
      result.copyWithin(0, 1);
      result[result.length - 1] = 0;
      for (const [index, coefficient] of generator.entries()) {
        result[index] = (result[index] ?? 0) ^ this.multiply(coefficient, factor);
      }
    }
    return result;
  }
}

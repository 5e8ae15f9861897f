/** The few calls of escpos that are safe to use; the others corrupt Chinese receipts. */
declare module "escpos" {
  interface Adapter {
    write(data: Uint8Array, callback?: (error?: Error) => void): void;
  }
  class Printer {
    constructor(adapter: Adapter, options?: { encoding?: string; width?: number });
    readonly buffer: { flush(): Buffer };
    text(content: string, encoding?: string): this;
    raw(data: Buffer): this;
  }
  const escpos: { Printer: typeof Printer };
  export default escpos;
}

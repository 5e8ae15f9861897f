/** The calls of escpos that make no mistakes with Chinese: what the till encoded with before, and a yardstick now. */
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

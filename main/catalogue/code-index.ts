import { gtin14Of } from "../domain/gtin.ts";
import { codesOf, type Product } from "./product.ts";

/** Products by everything a scanner or a person may give as their code. */
export class CodeIndex {
  private readonly exact = new Map<string, Product>();
  /** By the one number of all GTIN lengths. */
  private readonly gtins = new Map<string, Product>();
  /** By the code in small letters; null where several products differ in capitals only. */
  private readonly folded = new Map<string, Product | null>();

  add(product: Product): void {
    for (const code of codesOf(product)) {
      // A key always wins over somebody else's barcode.
      if (code === product.code || this.exact.get(code)?.code !== code)
        this.exact.set(code, product);
      const gtin14 = gtin14Of(code);
      if (gtin14 !== null && (code === product.code || !this.gtins.has(gtin14)))
        this.gtins.set(gtin14, product);
      const small = code.toLowerCase();
      const known = this.folded.get(small);
      this.folded.set(small, known === undefined || known === product ? product : null);
    }
  }

  /** As listed first, then the same GTIN in another length, then whatever its capitals. Null when none or several fit. */
  find(code: string): Product | null {
    const exact = this.exact.get(code);
    if (exact !== undefined) return exact;
    const gtin14 = gtin14Of(code);
    const sameGoods = gtin14 === null ? undefined : this.gtins.get(gtin14);
    return sameGoods ?? this.folded.get(code.toLowerCase()) ?? null;
  }
}

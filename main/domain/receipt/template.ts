import type { LogoImage } from "./logo.ts";

/** Whose customs and rules a receipt follows: Chinese 小票, EU or UK simplified VAT receipt. */
export type ReceiptPack = "cn" | "eu" | "uk";

/** What the owner decides about how a receipt looks; the contract's template fits. Facts of a sale are never here. */
export interface TemplateLook {
  pack: ReceiptPack;
  /** Under the shop's name; may have several lines. */
  header: string;
  /** What holds for taking goods back. */
  returns: string;
  notes: string;
  /** Barcode or short code of every item. */
  showCodes: boolean;
  /** VAT number, or 税号 in China. */
  taxId: string;
  /** Says how to get a (full) invoice. */
  invoiceHint: boolean;
  /** Content of the QR code with {no}, {total} and {date} in it; empty for none. */
  qrText: string;
  /** Stands above the QR code; empty for the pack's own words. */
  qrCaption: string;
  slipBarcode: boolean;
}

/**
 * The template that was in force when a sale was made, kept with the sale, so that a copy printed next year looks
 * the same. The logo is kept elsewhere, once, by the hash of its content.
 */
export interface TemplateSnapshot extends TemplateLook {
  logoId: string | null;
}

/** What a snapshot only names. A logo that can't be found any more is left out. */
export interface ReceiptAssets {
  logo(logoId: string): LogoImage | null;
}

/** Keeps of a template what can be seen on paper, field by field: whatever else it has stays out of the sale log. */
export function templateSnapshot(template: TemplateLook, logoId: string | null): TemplateSnapshot {
  return {
    pack: template.pack,
    header: template.header,
    returns: template.returns,
    notes: template.notes,
    showCodes: template.showCodes,
    taxId: template.taxId,
    invoiceHint: template.invoiceHint,
    qrText: template.qrText,
    qrCaption: template.qrCaption,
    slipBarcode: template.slipBarcode,
    logoId,
  };
}

/** The QR text of one sale: every {no}, {total} and {date} replaced, everything else as it is. */
export function fillQrText(
  text: string,
  values: { no: string; total: string; date: string },
): string {
  return text.replaceAll(/\{(no|total|date)\}/g, (whole, name: string) =>
    name === "no" || name === "total" || name === "date" ? values[name] : whole,
  );
}

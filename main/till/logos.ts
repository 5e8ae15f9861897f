import { createHash } from "node:crypto";
import type { LogoImage } from "../domain/receipt/logo.ts";
import type { ReceiptAssets } from "../domain/receipt/template.ts";
import type { TillRoom } from "./room.ts";

const keyOf = (logoId: string) => `logo:${logoId}`;

/** Keeps a logo once, under the hash of its content, for every sale that names it. Inside a transaction. */
export function keepLogo(room: TillRoom, logo: LogoImage): string {
  const { widthDots, heightDots, bits } = logo;
  const text = JSON.stringify({ widthDots, heightDots, bits });
  const logoId = createHash("sha256").update(text).digest("base64url").slice(0, 22);
  if (room.log.kept(keyOf(logoId)) === null) room.log.keep(keyOf(logoId), text);
  return logoId;
}

/** Finds what receipts only name. */
export function receiptAssets(room: TillRoom): ReceiptAssets {
  return {
    logo: (logoId) => {
      const kept = room.log.kept(keyOf(logoId));
      return kept === null ? null : (JSON.parse(kept) as LogoImage);
    },
  };
}

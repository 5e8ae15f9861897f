import type { Settlement } from "./settled.ts";

/** Put before the text of a manifest when it is signed: no other signature of the till fits. */
export const MANIFEST_PREFIX = "slipsure archive 1\n";

export interface ArchiveFile {
  name: string;
  bytes: number;
  /** Hexadecimal, as other tools show it. */
  sha256: string;
}

/** What an archive says of itself; its text, exactly as written, is signed in `manifest.sig`. */
export interface ArchiveManifest {
  format: "slipsure archive 1";
  appVersion: string;
  madeAt: string;
  by: string;
  shop: string;
  till: {
    id: string;
    /** The key this manifest is signed with. */
    keyId: string;
  };
  /** Every key that signed an anchor of the archive, and that of the manifest. */
  keys: { keyId: string; publicKey: string }[];
  period: { from: string; to: string; days: { id: number; date: string }[] };
  /** The event before the first one of the archive, and its last one. */
  headBefore: { seq: number; hash: string };
  headAfter: { seq: number; hash: string };
  /** Names of the numbers that stand as `actor` on events. */
  people: { id: number; name: string }[];
  counts: { events: number; anchors: number; sales: number; firstSale: number; lastSale: number };
  /** Sum of all sales by currency, in minor units; and the digits after its point. */
  totals: { currency: string; minorDigits: number; totalMinor: number }[];
  receipts: Record<Settlement, number>;
  files: ArchiveFile[];
}

/** The text of a manifest: what is signed, and what a person can read. */
export function manifestText(manifest: ArchiveManifest): string {
  return `${JSON.stringify(manifest, null, 2)}\n`;
}

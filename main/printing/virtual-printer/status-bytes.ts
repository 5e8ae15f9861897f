/**
 * Status bytes as Epson's TM manuals define them (DLE EOT, GS a, GS r; ESC/POS command reference).
 * "Waiting for online recovery" is never reported: this printer goes on by itself as soon as the cause is gone.
 */
export interface StatusFlags {
  offline: boolean;
  coverOpen: boolean;
  paperNearEnd: boolean;
  paperEnd: boolean;
  /** Printing stopped because a paper sensor says so. */
  stoppedByPaper: boolean;
  cutterError: boolean;
}

export const ALL_WELL: StatusFlags = {
  offline: false,
  coverOpen: false,
  paperNearEnd: false,
  paperEnd: false,
  stoppedByPaper: false,
  cutterError: false,
};

const bit = (condition: boolean, mask: number): number => (condition ? mask : 0);

/** Answer to DLE EOT n: one byte `0xx1xx10`. */
export function realtimeStatus(n: 1 | 2 | 3 | 4, flags: StatusFlags): number {
  switch (n) {
    case 1:
      return 0x12 | bit(flags.offline, 0x08);
    case 2:
      return (
        0x12 |
        bit(flags.coverOpen, 0x04) |
        bit(flags.stoppedByPaper, 0x20) |
        bit(flags.cutterError, 0x40)
      );
    case 3:
      return 0x12 | bit(flags.cutterError, 0x08);
    case 4:
      return 0x12 | bit(flags.paperNearEnd, 0x0c) | bit(flags.paperEnd, 0x60);
  }
}

/** Automatic status back (GS a): four bytes, the first `0xx1xx00`. */
export function automaticStatus(flags: StatusFlags): Uint8Array {
  return Uint8Array.of(
    0x10 | bit(flags.offline, 0x08) | bit(flags.coverOpen, 0x20),
    bit(flags.cutterError, 0x08),
    paperSensors(flags),
    0x00,
  );
}

/** Answer to GS r 1 and ESC v: one byte `0xx0xxxx`. */
export function paperSensors(flags: StatusFlags): number {
  return bit(flags.paperNearEnd, 0x03) | bit(flags.paperEnd, 0x0c);
}

/** GS ( H function 48: `37 22 id 00`. */
export function processIdResponse(id: readonly number[]): Uint8Array {
  return Uint8Array.of(0x37, 0x22, ...id, 0x00);
}

/** GS ( H function 49: `37 23 [cause] 00`. The cause is model-dependent in 40h-7Fh; these three are this model's. */
export function offlineResponse(flags: StatusFlags, withCause: boolean): Uint8Array {
  if (!withCause) return Uint8Array.of(0x37, 0x23, 0x00);
  const cause =
    0x40 |
    bit(flags.coverOpen, 0x01) |
    bit(flags.stoppedByPaper, 0x02) |
    bit(flags.cutterError, 0x04);
  return Uint8Array.of(0x37, 0x23, cause, 0x00);
}

/** DLE DC4 function 8: `37 25 00`. */
export const CLEAR_RESPONSE = Uint8Array.of(0x37, 0x25, 0x00);

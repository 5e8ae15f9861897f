/** Command bytes, by the names of Epson's ESC/POS reference. Layout commands live in encode.ts. */

/** ESC @: back to the power-on settings, without touching the buffer's other jobs. */
export const INITIALIZE = Uint8Array.of(0x1b, 0x40);

/**
 * Bytes that mean nothing by themselves. A command that a lost link cut in two waits in the printer
 * for its missing bytes; sent first on a new link, these are what it swallows instead of the head
 * of the next receipt. None of our commands waits for more than 255.
 */
export const FILLER = new Uint8Array(260);

/** GS a 0x0e: tell us by yourself about offline, error and paper changes. */
export const AUTOMATIC_STATUS = Uint8Array.of(0x1d, 0x61, 0x0e);

/** DLE EOT n (1 printer, 2 offline cause, 3 error cause, 4 paper): answered at once. */
export function askStatus(n: 1 | 2 | 3 | 4): Uint8Array {
  return Uint8Array.of(0x10, 0x04, n);
}

/**
 * GS ( H fn 48: send `id` back when everything before it has been printed.
 * @param id four characters from 0x20 to 0x7e.
 */
export function askId(id: string): Uint8Array {
  return Uint8Array.of(0x1d, 0x28, 0x48, 0x06, 0x00, 0x30, 0x30, ...Buffer.from(id, "latin1"));
}

/** GS r 1: send the paper sensor's state when you get here in the buffer. */
export const ASK_PAPER_SENSOR = Uint8Array.of(0x1d, 0x72, 0x01);

/**
 * ESC d 5: feeds 21 mm, which brings the last line past any tear-off edge: head and edge are 10 to 15 mm apart.
 * For printers without a cutter, of which some pass over GS V.
 */
export const FEED_OUT = Uint8Array.of(0x1b, 0x64, 5);

/** GS V 66 0: feed to the cutter and cut. */
export const CUT = Uint8Array.of(0x1d, 0x56, 0x42, 0x00);

/** DLE DC4 fn 8: throw away receive and print buffers and recover; answered by 37 25 00. */
export const CLEAR_BUFFERS = Uint8Array.of(
  0x10,
  0x14,
  0x08,
  0x01,
  0x03,
  0x14,
  0x01,
  0x06,
  0x02,
  0x08,
);

/** ESC p m 25 250: kicks the cash drawer on that connector pin for 50 ms. Independent of any paper. */
export function drawerPulse(pin: "pin2" | "pin5"): Uint8Array {
  return Uint8Array.of(0x1b, 0x70, pin === "pin2" ? 0 : 1, 0x19, 0xfa);
}

/** ESC B 2 2: two short beeps on most clones; others pass over it. */
export const BUZZER = Uint8Array.of(0x1b, 0x42, 0x02, 0x02);

/**
 * ESC ( A fn 97, n = 100: one beep of 200 ms on Epson printers with a buzzer. Only for those: what does not know the
 * command may print its bytes.
 */
export const BUZZER_EPSON = Uint8Array.of(
  0x1b,
  0x28,
  0x41,
  0x05,
  0x00,
  0x61,
  0x64,
  0x01,
  0x02,
  0x02,
);

/** DLE DC4 fn 1 m 1: the same at once, also while the printer is stopped. (Epson, DLE DC4) */
export function realTimeDrawerPulse(pin: "pin2" | "pin5"): Uint8Array {
  return Uint8Array.of(0x10, 0x14, 0x01, pin === "pin2" ? 0 : 1, 0x01);
}

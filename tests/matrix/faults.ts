import type {
  Fault,
  VirtualPrinter,
  VirtualPrinterOptions,
} from "../../main/printing/virtual-printer/index.ts";
import { answers, isQueue, type Way, type WayName } from "./ways/way.ts";

/** What a fault can get hold of. */
export interface Scene {
  device: VirtualPrinter;
  way: Way;
}

export interface MatrixFault {
  name: string;
  /** The device, where the fault needs a special one. */
  device?: Partial<VirtualPrinterOptions>;
  /** How the printer is from the beginning and stays, whatever is mended: found out before the first sale. */
  traits?: readonly Fault[];
  /** Set before the sale is made. */
  before?: (scene: Scene) => void;
  /** Long enough ago that a till that can notice it has noticed. */
  isNoticed?: true;
  /** Strikes when so much of the receipt's paper has moved. */
  strike?: { atMm: number; run: (scene: Scene) => void };
  /** The till is closed and opened again while the receipt is stuck in the printer. */
  restarts?: true;
  /** The native part crashes. */
  crashes?: true;
  /** Why it can't happen on this way; null: it can. */
  impossible: (way: WayName) => keyof typeof IMPOSSIBLE | null;
}

export const IMPOSSIBLE = {
  unheard: "nothing the printer says is heard on this way, so nothing it says can be wrong",
  noQueue: "there is no queue on this way",
  noDriver: "there is no native driver on this way",
  noConnection: "there is no network on this way",
} as const;

/** In the middle of a receipt of about 12 cm, and when every byte of it has arrived. */
export const MID_MM = 40;
const LATE_MM = 90;
/** A buffer that does not take a receipt whole: the rest is still on the till's side when it happens. */
const SMALL_BUFFER_BYTES = 300;

/** About the time a receipt takes. */
export const PLAUSIBLE_MS = 1500;

const always = () => null;
const heardOnly = (way: WayName) => (answers(way) ? null : "unheard");
const queueOnly = (way: WayName) => (isQueue(way) ? null : "noQueue");

export const FAULTS: readonly MatrixFault[] = [
  { name: "nothing wrong", impossible: always },
  {
    name: "paper out before",
    before: ({ device }) => device.setFault({ kind: "paperOut", afterMm: 0 }),
    impossible: always,
  },
  {
    name: "paper out in the middle",
    before: ({ device }) => device.setFault({ kind: "paperOut", afterMm: MID_MM }),
    impossible: always,
  },
  { name: "cover open before", before: ({ device }) => device.openCover(), impossible: always },
  {
    name: "cover opened in the middle",
    before: ({ device }) => device.setFault({ kind: "coverOpen", afterMm: MID_MM }),
    impossible: always,
  },
  {
    name: "cutter jam",
    before: ({ device }) => device.setFault({ kind: "cutterJam" }),
    impossible: always,
  },
  {
    name: "cable pulled before",
    before: ({ way }) => way.pull(),
    isNoticed: true,
    impossible: always,
  },
  {
    name: "cable pulled in the middle of the bytes",
    device: { bufferBytes: SMALL_BUFFER_BYTES },
    strike: { atMm: MID_MM, run: ({ way }) => way.pull() },
    impossible: always,
  },
  {
    name: "cable pulled after the last byte",
    strike: { atMm: LATE_MM, run: ({ way }) => way.pull() },
    impossible: always,
  },
  {
    name: "power fails in the middle, and is back",
    device: { bufferBytes: SMALL_BUFFER_BYTES },
    before: ({ device }) => device.setFault({ kind: "powerCycle", afterMm: MID_MM, offMs: 2000 }),
    impossible: always,
  },
  {
    name: "printer falls silent",
    before: ({ device }) => device.setFault({ kind: "silence", afterBytes: 60 }),
    impossible: heardOnly,
  },
  {
    name: "its answer comes late",
    before: ({ device }) => device.setFault({ kind: "lateId", delayMs: 9000 }),
    impossible: heardOnly,
  },
  {
    name: "every answer is late",
    before: ({ device }) => device.setFault({ kind: "slowAnswers", delayMs: 1200 }),
    impossible: heardOnly,
  },
  {
    name: "its connection dies without a word",
    before: ({ way }) => way.die?.(),
    impossible: (way) => (way === "tcp" ? null : "noConnection"),
  },
  {
    name: "a slow network board",
    before: ({ device }) => device.setFault({ kind: "slowLine", bytesPerS: 500 }),
    impossible: (way) => (way === "tcp" ? null : "noConnection"),
  },
  {
    // At a time when ours could have come, and nothing is on paper.
    name: "somebody else's id, with the cover open",
    before: ({ device }) => {
      device.setFault({ kind: "foreignId" });
      device.setFault({ kind: "otherPrinter", delayMs: PLAUSIBLE_MS });
      device.openCover();
    },
    impossible: heardOnly,
  },
  {
    name: "says “printed” with the cover open",
    before: ({ device }) => {
      device.setFault({ kind: "lyingOk" });
      device.openCover();
    },
    impossible: heardOnly,
  },
  {
    name: "loses the second half",
    before: ({ device }) => device.setFault({ kind: "halfPrint", afterMm: MID_MM }),
    impossible: always,
  },
  {
    name: "three times as slow",
    before: ({ device }) => device.setFault({ kind: "slow", factor: 3 }),
    impossible: always,
  },
  {
    name: "has no cutter",
    before: ({ device }) => device.setFault({ kind: "noCutter" }),
    impossible: always,
  },
  { name: "queue paused", before: ({ way }) => way.queue?.pause(), impossible: queueOnly },
  {
    name: "job deleted in the middle",
    device: { bufferBytes: SMALL_BUFFER_BYTES },
    strike: { atMm: MID_MM, run: ({ way }) => way.queue?.deleteFirst() },
    impossible: queueOnly,
  },
  {
    name: "driver crashes in the middle",
    crashes: true,
    device: { bufferBytes: SMALL_BUFFER_BYTES },
    strike: { atMm: MID_MM, run: ({ way }) => way.crash?.() },
    impossible: (way) => (way === "tcp" ? "noDriver" : null),
  },
];

/** What somebody does who finds the printer and its queue like that. */
export function repair({ device, way }: Scene, traits: readonly Fault[] = []): void {
  device.clearAllFaults();
  for (const trait of traits) device.setFault(trait);
  const { power, cover, paper, cutter } = device.state();
  if (power === "off") device.powerOn();
  if (cover === "open") device.closeCover();
  if (paper === "out") device.loadPaper();
  if (cutter === "jammed") device.clearCutter();
  way.plug();
  way.queue?.resume();
}

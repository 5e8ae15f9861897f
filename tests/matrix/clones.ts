import type { Fault } from "../../main/printing/virtual-printer/index.ts";
import { MID_MM, PLAUSIBLE_MS, type MatrixFault, type Scene } from "./faults.ts";

/** A model that knows less than it should, or lies. */
export interface Clone {
  name: string;
  traits: readonly Fault[];
  /** The till is closed and opened again while the receipt is stuck. */
  restarts?: true;
}

export const CLONES: readonly Clone[] = [
  { name: "an honest printer", traits: [] },
  { name: "knows no ids, answers `GS r 1` in its turn", traits: [{ kind: "noIds" }] },
  {
    name: "knows no ids, answers `GS r 1` in its turn; the till is started anew meanwhile",
    traits: [{ kind: "noIds" }],
    restarts: true,
  },
  {
    name: "knows no ids, answers `GS r 1` on arrival",
    traits: [{ kind: "noIds" }, { kind: "earlySensor" }],
  },
  {
    name: "knows no ids, answers `GS r 1` with 0Ch without paper",
    traits: [{ kind: "noIds" }, { kind: "sensorOutOfTurn" }],
  },
  { name: "answers `GS ( H` on arrival", traits: [{ kind: "earlyId" }] },
  { name: "answers everything on arrival, always well", traits: [{ kind: "lyingOk" }] },
  { name: "another printer answers, at once", traits: [{ kind: "otherPrinter", delayMs: 0 }] },
  {
    name: "another printer answers, after the time a receipt takes",
    traits: [{ kind: "otherPrinter", delayMs: PLAUSIBLE_MS }],
  },
  { name: "answers with somebody else's id", traits: [{ kind: "foreignId" }] },
  { name: "answers `DLE EOT` always 12h", traits: [{ kind: "statusAlwaysOk" }] },
  { name: "answers `DLE EOT` always 00h", traits: [{ kind: "statusZero" }] },
  { name: "answers `DLE EOT` always FFh", traits: [{ kind: "statusFf" }] },
  { name: "answers `DLE EOT` one question late", traits: [{ kind: "answersLag" }] },
  { name: "does not know `DLE DC4` fn 8", traits: [{ kind: "ignoresClear" }] },
  { name: "forgets its buffer on every connection", traits: [{ kind: "clearsOnConnect" }] },
  { name: "calls itself TM-T88III", traits: [{ kind: "claimsEpson" }] },
  { name: "has no cutter", traits: [{ kind: "noCutter" }] },
];

/** The clone's paper ends in the middle of a receipt. */
export function cloneFault({ name, traits, restarts }: Clone): MatrixFault {
  const before = ({ device }: Scene) => {
    device.setFault({ kind: "paperOut", afterMm: MID_MM });
  };
  return { name, traits, ...(restarts ? { restarts } : {}), before, impossible: () => null };
}

import type { Fault } from "../../main/printing/virtual-printer/index.ts";
import { isSlowLine, traitsOf } from "./behaviours.ts";
import type { Random } from "./random.ts";
import type { Station } from "./station.ts";

/** Answers that another printer gives come at once, or before any paper could have moved. */
const SOON_MS = 20;
/** On a slow line: longer than a receipt takes to be sent, or its second half would be printed after all. */
const LONG_OFF_MS = 6_000;

/** Everything that can go wrong with a printer or its queue, at a random moment of the next slips. */
export function makeTrouble(random: Random, station: Station): void {
  const { device, queue } = station;
  if (queue && random.chance(0.25)) {
    troubleQueue(random, queue);
    return;
  }
  const isSlow = isSlowLine(station.behaviour);
  // The most dangerous ones, so the most often tried.
  const isLie = !isSlow && random.chance(0.5);
  const faults = [...commonFaults(random, isSlow), ...waysToAnswer(random)];
  // A queue opens a connection for each job, and this printer would take in the next one's bytes between what the
  // line still holds of the first: no network board does. Serial lines are slow already.
  if (!queue && !isSlow) faults.push({ kind: "slowLine", bytesPerS: random.int(500, 4000) });
  device.setFault(random.pick(isLie ? lies(random) : faults));
  // A lie shows only when there is something to lie about.
  const isLying = LIES.some((kind) => device.faults[kind] !== undefined);
  if (isLying && random.chance(0.85)) device.openCover();
  if (random.chance(0.02)) device.powerOff();
}

const LIES = ["lyingOk", "earlyId", "earlySensor", "otherPrinter", "statusAlwaysOk"] as const;

function commonFaults(random: Random, isSlow: boolean): Fault[] {
  const afterMm = random.int(0, 120);
  // On a slow line it would be a hole in the middle, with a right answer behind it: a limit, too.
  const half: Fault[] = isSlow ? [] : [{ kind: "halfPrint", afterMm }];
  const offMs = isSlow ? LONG_OFF_MS : random.int(200, 4000);
  return [
    { kind: "paperOut", afterMm },
    { kind: "coverOpen", afterMm },
    { kind: "cutterJam" },
    { kind: "deaf" },
    { kind: "reset", afterBytes: random.int(1, 900) },
    { kind: "powerCycle", afterMm, offMs },
    { kind: "slow", factor: random.int(2, 8) },
    { kind: "refuse" },
    { kind: "clearsOnConnect" },
    { kind: "ignoresClear" },
    { kind: "noCutter" },
    ...half,
  ];
}

function waysToAnswer(random: Random): Fault[] {
  return [
    { kind: "silence" },
    { kind: "silence", afterBytes: random.int(1, 900) },
    { kind: "lateId", delayMs: random.int(100, 9000) },
    { kind: "foreignId" },
    { kind: "noIds" },
    { kind: "statusAlwaysOk" },
    { kind: "earlySensor" },
    { kind: "sensorOutOfTurn" },
    { kind: "claimsEpson" },
    { kind: "slowAnswers", delayMs: random.int(200, 1500) },
    { kind: "answersLag" },
    { kind: "statusZero" },
    { kind: "statusFf" },
    { kind: "queuesConnections" },
  ];
}

/** Not on a slow line: there an answer on arrival comes no sooner than a true one (docs/fault-matrix.md, limits). */
function lies(random: Random): Fault[] {
  return [
    { kind: "lyingOk" },
    { kind: "lyingOk" },
    { kind: "earlyId" },
    { kind: "otherPrinter", delayMs: random.int(0, SOON_MS) },
  ];
}

function troubleQueue(random: Random, queue: NonNullable<Station["queue"]>): void {
  switch (random.int(1, 3)) {
    case 1:
      queue.pause();
      return;
    case 2:
      queue.unplug();
      return;
    case 3: {
      // Somebody deletes what stands first, printed in part or not.
      const [first] = queue.jobs;
      if (first) queue.delete(first.id);
    }
  }
}

/** What a person does at the printer: paper in, lid shut, plug in. */
export function repair({ device, queue, behaviour }: Station): void {
  device.clearAllFaults();
  for (const trait of traitsOf(behaviour)) device.setFault(trait);
  const { power, cover, paper, cutter } = device.state();
  if (power === "off") device.powerOn();
  if (cover === "open") device.closeCover();
  if (paper !== "ok") device.loadPaper();
  if (cutter === "jammed") device.clearCutter();
  if (!queue) return;
  // Started again it would come out a second time, from its beginning and without a mark: so it is deleted.
  for (const { id, state } of [...queue.jobs]) if (state === "broken") queue.delete(id);
  queue.plug();
  queue.resume();
}

import type { Fault, VirtualPrinter } from "../../main/printing/virtual-printer/index.ts";
import type { Random } from "./random.ts";

/** Everything that can go wrong with a printer, at a random moment of the next slips. */
export function makeTrouble(random: Random, printer: VirtualPrinter): void {
  const afterMm = random.int(0, 120);
  const faults: Fault[] = [
    { kind: "paperOut", afterMm },
    { kind: "coverOpen", afterMm },
    { kind: "cutterJam" },
    { kind: "silence" },
    { kind: "silence", afterBytes: random.int(1, 900) },
    { kind: "deaf" },
    { kind: "reset", afterBytes: random.int(1, 900) },
    { kind: "powerCycle", afterMm, offMs: random.int(200, 4000) },
    { kind: "lateId", delayMs: random.int(100, 9000) },
    { kind: "foreignId" },
    // The most dangerous one, so the most often tried.
    { kind: "lyingOk" },
    { kind: "lyingOk" },
    { kind: "lyingOk" },
    { kind: "slow", factor: random.int(2, 8) },
    { kind: "halfPrint", afterMm },
    { kind: "refuse" },
    { kind: "noIds" },
    { kind: "statusAlwaysOk" },
  ];
  printer.setFault(random.pick(faults));
  // A lie shows only when there is something to lie about.
  if (printer.faults.lyingOk && random.chance(0.7)) printer.openCover();
  if (printer.faults.statusAlwaysOk && random.chance(0.7)) printer.openCover();
  if (random.chance(0.02)) printer.powerOff();
}

/** What a person does at the printer: paper in, lid shut, plug in. */
export function repair(printer: VirtualPrinter): void {
  printer.clearAllFaults();
  const state = printer.state();
  if (state.power === "off") printer.powerOn();
  if (state.cover === "open") printer.closeCover();
  if (state.paper !== "ok") printer.loadPaper();
  if (state.cutter === "jammed") printer.clearCutter();
}

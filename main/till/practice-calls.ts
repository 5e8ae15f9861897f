import type { CallInput, TillCalls } from "../contract/calls.ts";
import { Refusal } from "../contract/refusals.ts";
import {
  renderSlipPng,
  type Slip,
  type VirtualPrinter,
} from "../printing/virtual-printer/index.ts";

type PracticeCalls = Pick<TillCalls, "practice.paper" | "practice.act">;
type Act = CallInput<"practice.act">["act"];

/** The practice printer's paper to look at, and ways to make it fail. */
export function practiceCalls(practice: () => VirtualPrinter | null): PracticeCalls {
  const pictures = new SlipPictures();
  const demand = () => {
    const printer = practice();
    if (!printer) throw new Refusal("NOT_A_PRACTICE_PRINTER");
    return printer;
  };
  return {
    "practice.paper": async ({ slips }) => {
      const printer = demand();
      const { cover, paper, power, cutter, widthMm } = printer.state();
      const newest = printer.paper.slips().slice(-slips);
      return {
        slips: await Promise.all(newest.map((slip) => pictures.of(slip, widthMm))),
        cover,
        paper,
        power,
        cutter,
        faults: Object.keys(printer.faults),
      };
    },
    "practice.act": ({ act }) => {
      ACTS[act](demand());
      return {};
    },
  };
}

const ACTS: Record<Act, (printer: VirtualPrinter) => void> = {
  loadPaper: (printer) => printer.loadPaper(),
  paperOut: (printer) => printer.setFault({ kind: "paperOut", afterMm: 0 }),
  paperOutSoon: (printer) => printer.setFault({ kind: "paperOut", afterMm: 30 }),
  openCover: (printer) => printer.openCover(),
  closeCover: (printer) => printer.closeCover(),
  jamCutter: (printer) => printer.setFault({ kind: "cutterJam" }),
  clearCutter: (printer) => printer.clearCutter(),
  powerOff: (printer) => printer.powerOff(),
  powerOn: (printer) => printer.powerOn(),
  silence: (printer) => printer.setFault({ kind: "silence" }),
  lyingOk: (printer) => printer.setFault({ kind: "lyingOk" }),
  halfPrint: (printer) => printer.setFault({ kind: "halfPrint", afterMm: 30 }),
  foreignId: (printer) => printer.setFault({ kind: "foreignId" }),
  lateId: (printer) => printer.setFault({ kind: "lateId", delayMs: 8_000 }),
  slow: (printer) => printer.setFault({ kind: "slow", factor: 6 }),
  noIds: (printer) => printer.setFault({ kind: "noIds" }),
  reset: (printer) => printer.setFault({ kind: "reset", afterBytes: 200 }),
  powerCycle: (printer) => printer.setFault({ kind: "powerCycle", afterMm: 30, offMs: 1_500 }),
  clearFaults: (printer) => printer.clearAllFaults(),
};

/** Finished slips never change, so each is drawn once. */
class SlipPictures {
  private readonly drawn = new Map<number, { heightMm: number; png: string }>();

  async of(slip: Slip, widthMm: 58 | 80) {
    const { id, heightMm, cut } = slip;
    let known = this.drawn.get(id);
    if (known?.heightMm !== heightMm) {
      const png = await renderSlipPng(slip, { widthMm });
      known = { heightMm, png: Buffer.from(png).toString("base64") };
      this.drawn.set(id, known);
      if (this.drawn.size > 20) this.drawn.delete(Math.min(...this.drawn.keys()));
    }
    return { id, heightMm, cut, text: slip.text(), png: known.png };
  }
}

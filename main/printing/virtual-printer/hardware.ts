import { EPSILON_MM } from "./fault-board.ts";
import type { StatusFlags } from "./status-bytes.ts";

/** Switches and sensors: what a person could see by looking at the printer. */
export class Hardware {
  readonly nearEndMm: number;
  powerOn = true;
  coverOpen = false;
  paperLeftMm: number;
  /** The blade is stuck; only hands get it loose. */
  bladeStuck = false;
  /** The last cut failed and nobody has recovered the printer since. */
  cutterError = false;
  drawerOpens = 0;
  beeps = 0;
  /** ESC c 4: bits 0 and 1 make the near end stop the printer. */
  stopSensors = 0;

  constructor(o: { paperMm: number; nearEndMm: number }) {
    this.paperLeftMm = o.paperMm;
    this.nearEndMm = o.nearEndMm;
  }

  get paper(): "ok" | "nearEnd" | "out" {
    if (this.paperLeftMm <= EPSILON_MM) return "out";
    return this.paperLeftMm < this.nearEndMm ? "nearEnd" : "ok";
  }

  get stoppedByPaper(): boolean {
    return this.paper === "out" || (this.paper === "nearEnd" && (this.stopSensors & 3) !== 0);
  }

  /** True while nothing is taken out of the buffer. */
  get stopped(): boolean {
    return !this.powerOn || this.coverOpen || this.cutterError || this.stoppedByPaper;
  }

  /** At the end of the roll the near-end sensor sees no paper either, so both are set. */
  flags(): StatusFlags {
    return {
      offline: this.stopped,
      coverOpen: this.coverOpen,
      paperNearEnd: this.paper !== "ok",
      paperEnd: this.paper === "out",
      stoppedByPaper: this.stoppedByPaper,
      cutterError: this.cutterError,
    };
  }
}

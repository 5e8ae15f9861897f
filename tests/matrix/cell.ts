import type { CauseCode } from "../../main/domain/receipt/cause.ts";
import { isSettled, isStuck, type ReceiptState } from "../../main/domain/receipt/state.ts";
import { VirtualPrinter } from "../../main/printing/virtual-printer/index.ts";
import { readReceipts, type ReceiptOnPaper } from "../soak/paper-reader.ts";
import type { Clock } from "../../main/clock.ts";
import { repair, type MatrixFault, type Scene } from "./faults.ts";
import { hasEverything, Shop } from "./shop.ts";
import type { MakeWay, Way } from "./ways/way.ts";

export type OnPaper = "none" | "torn" | "whole";

/** What was seen where one fault met one way. */
export interface Outcome {
  /** What the till found out about the printer before it sold anything; null: nobody asked. */
  fence: string | null;
  /** What the till made of it, and told its cashier. */
  state: ReceiptState;
  cause: CauseCode | null;
  /** What lay in the printer by then, at rest. */
  paper: OnPaper;
  /** How it ended once the fault was mended and an honest cashier had done what was asked. */
  end: string;
  /** Where the till broke its word. */
  broken: string[];
}

export interface CellParts {
  clock: Clock;
  setUp: Awaited<ReturnType<typeof import("./shop.ts").setUpStore>>;
}

/** Longer than anything the till waits for by itself. */
const PATIENCE_MS = 60_000;
/** How long a cashier waits for something to happen by itself. */
const WAIT_AND_SEE_MS = 6_000;
const REST_MS = 3_000;
/** A till that can hear of a pulled plug, or asks by itself, has heard by then. */
const NOTICED_WITHIN_MS = 20_000;
const ROUNDS = 12;
const SPEED_MM_PER_S = 100;

/** Sells a receipt that goes well, then one under the fault, and stays until it is settled. */
export async function runCell(
  parts: CellParts,
  fault: MatrixFault,
  make: MakeWay,
): Promise<Outcome> {
  const device = new VirtualPrinter({
    clock: parts.clock,
    widthMm: 58,
    speedMmPerS: SPEED_MM_PER_S,
    cutMs: 100,
    bufferBytes: 4096,
    ...fault.device,
  });
  for (const trait of fault.traits ?? []) device.setFault(trait);
  const way = await make(device, fault.crashes === true);
  const shop = await Shop.open(parts.clock, parts.setUp, way.config, way.native);
  const off = device.on(() => shop.changed());
  const cell = new Cell(shop, { device, way }, fault);
  try {
    return await cell.run();
  } finally {
    off();
    await shop.close();
    await way.close();
  }
}

class Cell {
  private readonly shop: Shop;
  private readonly device: VirtualPrinter;
  private readonly way: Way;
  private readonly fault: MatrixFault;
  private readonly broken: string[] = [];
  private saleId = 0;
  private startMm = 0;
  /** The cashier has said that the paper is there. */
  private wasSeen = false;

  constructor(shop: Shop, { device, way }: Scene, fault: MatrixFault) {
    this.shop = shop;
    this.device = device;
    this.way = way;
    this.fault = fault;
  }

  async run(): Promise<Outcome> {
    const fence = this.fault.traits ? await this.tryOut() : null;
    await this.firstReceipt();
    this.startMm = this.device.paper.totalMm;
    const scene = { device: this.device, way: this.way };
    this.fault.before?.(scene);
    if (this.fault.isNoticed) await this.shop.until(() => this.isAway(), NOTICED_WITHIN_MS);
    this.watchStrike(scene);
    this.saleId = await this.shop.sell();
    const stop = this.watchClaims();
    if (this.fault.restarts) {
      await this.demandWithin(() => isStuck(this.state()), "never stuck");
      await this.shop.restart();
    }
    await this.demandWithin(() => isStuck(this.state()) || isSettled(this.state()), "no verdict");
    const { state, cause } = (await this.shop.receipt(this.saleId)).status;
    await this.rest();
    const paper = this.onPaper();
    repair(scene, this.fault.traits);
    await this.settle();
    stop();
    await this.rest();
    return { fence, state, cause, paper, end: await this.ending(), broken: this.broken };
  }

  /** As the owner does in the settings: a test slip, and the cover test where the till asks for it. */
  private async tryOut(): Promise<string> {
    // One whose status means nothing is there, and that is all that is known before it has proved something.
    const isThere = () => this.device.state().sessions === 1;
    await this.demandWithin(
      () => this.shop.status.printer.state === "ready" || isThere(),
      "never ready",
    );
    const { fence } = await this.shop.demand("printer.test", this.toPrinter());
    await this.rest();
    if (fence !== "paperStatus") return fence;
    this.device.openCover();
    const { qualified } = await this.shop.demand("printer.coverTest", this.toPrinter());
    this.device.closeCover();
    await this.rest();
    return qualified ? "paperStatus" : "none";
  }

  private toPrinter() {
    return { requestId: this.shop.requestId(), slot: "receipt" as const };
  }

  /** The printer proves itself, where it can: silence counts as trouble from then on. */
  private async firstReceipt(): Promise<void> {
    const { printer } = this.shop.status;
    const isOneWay = () => this.device.state().sessions === 1 && printer.queue === 0;
    await this.demandWithin(
      () => this.shop.status.printer.state === "ready" || isOneWay(),
      "the printer is never ready",
    );
    this.saleId = await this.shop.sell();
    await this.demandWithin(
      () => isStuck(this.state()) || isSettled(this.state()),
      "first receipt",
    );
    // Where nothing is heard the till is done before the paper is.
    await this.demandWithin(() => this.onPaper() === "whole", "the first receipt did not come out");
    await this.rest();
    if (this.state() === "unknown") await this.shop.seen(this.saleId);
    await this.demandWithin(
      () => this.shop.status.printer.queue === 0 && isSettled(this.state()),
      `first receipt ${this.state()}`,
    );
    await this.rest();
  }

  private watchStrike(scene: Scene): void {
    const { strike } = this.fault;
    if (!strike) return;
    const off = this.device.on(() => {
      if (this.device.paper.totalMm - this.startMm < strike.atMm) return;
      off();
      // Not from inside the printer's own step.
      setImmediate(() => strike.run(scene));
    });
  }

  /** From the first moment the till calls it printed by itself, the whole paper must be there. */
  private watchClaims(): () => void {
    let isDone = false;
    const off = this.shop.watch(({ lastSale, rail }) => {
      if (lastSale?.saleId !== this.saleId) return;
      const isOwed = rail.some(({ saleId }) => saleId === this.saleId);
      if (!isOwed && !isSettled(lastSale.state)) this.broken.push("hangs nowhere");
      if (lastSale.state !== "printed" || this.wasSeen || isDone) return;
      isDone = true;
      if (this.onPaper() !== "whole") this.broken.push("called printed before the paper was whole");
    });
    return off;
  }

  /** An honest cashier: waits and sees, looks at the paper, says what is there, prints again. */
  private async settle(): Promise<void> {
    for (let round = 0; round < ROUNDS; round += 1) {
      const before = (await this.shop.receipt(this.saleId)).head.state;
      if (isSettled(before)) return;
      const moved = () => this.state() !== before;
      // On a way without answers the till will never know more by itself, and it says so.
      const isHopeless = before === "unknown" && !this.way.answers;
      if (!isHopeless && (await this.shop.until(moved, WAIT_AND_SEE_MS))) continue;
      if (before === "due" || before === "printing") continue;
      await this.rest();
      await this.answer(before);
      await this.shop.until(moved, WAIT_AND_SEE_MS);
    }
    this.broken.push(`never settled: ${this.state()}`);
  }

  private async answer(state: ReceiptState): Promise<void> {
    const paper = this.onPaper();
    if (state === "unknown" && paper === "whole") {
      this.wasSeen = true;
      await this.shop.seen(this.saleId);
      return;
    }
    const reply = await this.shop.call("receipt.print", {
      requestId: this.shop.requestId(),
      saleId: this.saleId,
      seen: state !== "unknown" ? null : paper === "torn" ? "half" : "nothing",
      printer: "receipt",
    });
    // What the screen says then: switch it off and on. A queue is told to let go instead.
    if ("refusal" in reply && this.way.queue === null) this.device.powerCycle(500);
  }

  private async ending(): Promise<string> {
    const { state, proof } = (await this.shop.receipt(this.saleId)).head;
    const papers = this.papers().map(({ whole, marked }) => {
      const piece = whole ? "whole" : "torn";
      return marked ? `${piece} (marked copy)` : piece;
    });
    const unmarked = this.papers().filter(({ marked }) => !marked).length;
    if (unmarked > 1) this.broken.push(`${unmarked} papers without a mark`);
    if (!this.papers().some(({ whole }) => whole)) this.broken.push("no whole paper in the end");
    const by = proof === null ? "" : ` by ${proof}`;
    return `${state}${by}: ${papers.join(" + ")}`;
  }

  /** The till knows already that something is wrong. */
  private isAway(): boolean {
    return this.shop.status.printer.state !== "ready";
  }

  private state(): ReceiptState {
    const { rail, lastSale } = this.shop.status;
    const owed = rail.find(({ saleId }) => saleId === this.saleId);
    if (owed) return owed.state;
    return lastSale?.saleId === this.saleId ? lastSale.state : "due";
  }

  private papers(): ReceiptOnPaper[] {
    return readReceipts(this.device.paper.slips())
      .filter(({ saleId }) => saleId === this.saleId)
      .map((paper) => ({ ...paper, whole: paper.whole && hasEverything(paper.rows) }));
  }

  private onPaper(): OnPaper {
    if (this.papers().some(({ whole }) => whole)) return "whole";
    return this.device.paper.totalMm - this.startMm > 1 ? "torn" : "none";
  }

  /** Until nothing moves by itself any more. */
  private async rest(): Promise<void> {
    const isStill = () => {
      const { printing, bufferUsed, online } = this.device.state();
      return !printing && (bufferUsed === 0 || !online) && (!this.way.isBusy() || !online);
    };
    await this.shop.until(isStill, PATIENCE_MS);
    // What was still on the wire.
    await this.shop.until(() => false, REST_MS / 10);
    await this.shop.until(isStill, REST_MS);
  }

  private async demandWithin(check: () => boolean, what: string): Promise<void> {
    if (await this.shop.until(check, PATIENCE_MS)) return;
    const { printer } = this.shop.status;
    throw new Error(
      `${this.fault.name}: ${what} (${this.state()}, ${printer.state} ${printer.cause})`,
    );
  }
}

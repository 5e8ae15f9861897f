import type { Clock } from "../clock.ts";
import type { CauseCode } from "../domain/receipt/cause.ts";
import type { PrinterCondition } from "./condition.ts";
import { askId, AUTOMATIC_STATUS, FILLER, INITIALIZE } from "./escpos/commands.ts";
import type { FenceIds } from "./fence-ids.ts";
import { Pace } from "./pace.ts";
import type { PrinterMemory } from "./receipt-printer.ts";
import type { SensorAsks } from "./sensor-asks.ts";
import { PrinterSession, type SessionEvent } from "./session.ts";
import { PrinterUnreachable, type WireTransport } from "./transport.ts";

export interface LineOwner {
  transport: WireTransport;
  clock: Clock;
  memory: PrinterMemory;
  sensorAsks: SensorAsks;
  ids: FenceIds;
  /** Something was learned that should be kept. */
  learned: (facts: Pick<PrinterMemory, "pace" | "shared">) => void;
  /** Another link is the one in use now. */
  opened: (session: PrinterSession) => void;
  hear: (session: PrinterSession, event: SessionEvent) => void;
}

/** What came of reaching for the printer; nothing but questions was sent. */
export type Reached =
  /** `condition` null: it does not say how it is, and nothing was ever proven by it. */
  | { session: PrinterSession; condition: PrinterCondition | null }
  /** `session`: a fresh link that it is silent on, or null where there is none. */
  | { session: PrinterSession | null; failed: CauseCode };

/** How long a shared printer is kept after a receipt: the next one often follows at once. */
export const KEEP_MS = 3_000;
/** How often one that may be shared is let go, and for how long: longer than another till takes to try again. */
const HOLD_MS = 30_000;
export const GAP_MS = 1_500;
/** Whoever waited this long waited for a till that does not know of it, and then stays long enough to be noticed. */
const UNNOTICED_MS = 8_000;
const NOTICED_AFTER_MS = 6_000;
/** So long an answer to a paper may still come over this link. */
const LATE_ANSWER_MS = 60_000;
/** How soon a wire that can't be used is tried again. */
export const RETRY_MS = 1_000;
/** How long a new link may take to come up where one was there before. */
const RECONNECT_MS = 1_000;
/** So long a link that was only held up may still say something, once a new one shows that the way is whole. */
const GRACE_MS = 600;
/** A printer that serves one at a time needs a moment to see that the one before has gone. */
const LET_IN_MS = 200;
/** So long a link waits its turn behind another till's before a new one is tried. */
const QUEUED_MS = 15_000;
const WELL_AS_FAR_AS_KNOWN: PrinterCondition = { stop: null, paper: "unknown" };

type Found =
  | { is: "well"; condition: PrinterCondition | null }
  /** `turnedAway`: closed before it said a word. `lost`: it had spoken. */
  | { is: "silent" | "turnedAway" | "lost" };

/** The way to one wire printer: finds out whether it is really there, and gets a new link where the old one is dead. */
export class PrinterLine {
  session: PrinterSession | null = null;
  private readonly owner: LineOwner;
  private readonly pace: Pace;
  private opening: Promise<PrinterSession> | null = null;
  private reaching: Promise<unknown> = Promise.resolve();
  private openedAtMs = 0;
  /** Since when another till has the printer; null: it has not. */
  private busySinceMs: number | null = null;
  private stayUntilMs = 0;
  /** What a link that has never said a word means: another till is served, or the printer fell silent. */
  private silence: "busy" | "noAnswer";
  private isClosed = false;

  constructor(owner: LineOwner) {
    this.owner = owner;
    this.pace = new Pace(owner.memory.pace ?? null, (pace) => owner.learned({ pace }));
    this.silence = this.silenceOfNew();
  }

  /** The link in use, or a new one. @throws PrinterUnreachable */
  connect(): Promise<PrinterSession> {
    if (this.session && !this.session.closed) return Promise.resolve(this.session);
    this.opening ??= this.open()
      .then((session) => this.use(session))
      .finally(() => {
        this.opening = null;
      });
    return this.opening;
  }

  /**
   * Makes sure that there is a printer at the other end now. A silent link is replaced before anybody hears of it.
   * @param forPaper a receipt waits; otherwise nothing is sent that an odd printer could print.
   */
  reach(forPaper: boolean): Promise<Reached> {
    const turn = this.reaching.then(() => this.reachNow(forPaper));
    this.reaching = turn.catch(() => {});
    return turn;
  }

  close(): void {
    this.isClosed = true;
    this.session?.close();
  }

  /**
   * Lets other tills have a network printer that is at rest: at once where one was seen to use it, otherwise
   * from time to time, so that one that waits gets in and both learn of each other.
   * @param sinceUseMs how long ago the last paper was sent.
   * @param isAwaiting an answer may still come that only this link would bring.
   * @returns whether it was let go.
   */
  letGo(sinceUseMs: number, isAwaiting: boolean): boolean {
    const { session } = this;
    const { transport, memory, clock } = this.owner;
    if (transport.kind !== "tcp" || !session || session.closed || !session.heard) return false;
    // Somebody tries the printer out, or a receipt follows another.
    if (session.isInUse || sinceUseMs < (isAwaiting ? LATE_ANSWER_MS : KEEP_MS)) return false;
    const nowMs = clock.monotonicMs();
    if (nowMs < this.stayUntilMs) return false;
    const isHeldLong = nowMs - this.openedAtMs >= HOLD_MS;
    if (memory.shared !== true && !isHeldLong) return false;
    this.session = null;
    session.close();
    return true;
  }

  private async reachNow(forPaper: boolean): Promise<Reached> {
    try {
      const hadLink = this.session?.heard === true;
      const session = await this.connect();
      const found = await this.question(session, forPaper);
      if (found.is === "well") return this.reached(session, found.condition);
      if (found.is === "silent" && !this.owner.memory.answers) return { session, condition: null };
      const isQueued = !session.heard && !session.closed && !this.isStale();
      // Opened a moment ago: another one would be no different.
      if (!hadLink && (isQueued || found.is === "turnedAway")) return this.failed(session, found);
      if (this.owner.transport.kind === "tcp") return await this.replace(session, forPaper);
      return await this.insist(session, forPaper);
    } catch (error) {
      return { session: null, failed: this.causeOf(error) };
    }
  }

  private isStale(): boolean {
    return this.owner.clock.monotonicMs() - this.openedAtMs > QUEUED_MS;
  }

  /** Why there is no link. What refuses us and has never served us may be no printer at all. */
  private causeOf(error: unknown): CauseCode {
    if (!(error instanceof PrinterUnreachable)) return "unreachable";
    const reason = error.isRefused && !this.owner.memory.answers ? "unreachable" : error.reason;
    if (reason === "busy") this.isBusy();
    return reason;
  }

  private isBusy(): void {
    this.busySinceMs ??= this.owner.clock.monotonicMs();
    this.owner.learned({ shared: true });
  }

  private async open(withinMs?: number): Promise<PrinterSession> {
    const { transport, clock, sensorAsks } = this.owner;
    const link = await transport.open(withinMs);
    const session = new PrinterSession(link, clock, sensorAsks, this.pace);
    if (this.isClosed) {
      // Closed while connecting: left open, this link would keep every other out of the printer.
      session.close();
      throw new PrinterUnreachable("unreachable", "closed");
    }
    return session;
  }

  private use(session: PrinterSession): PrinterSession {
    this.session = session;
    this.openedAtMs = this.owner.clock.monotonicMs();
    this.owner.opened(session);
    session.listen((event) => this.owner.hear(session, event));
    session.write(new Uint8Array([...FILLER, ...INITIALIZE, ...AUTOMATIC_STATUS])).catch(() => {});
    return session;
  }

  /** Asks how it is; where that says nothing, whether it still proves things, if that is what it is known for. */
  private async question(session: PrinterSession, forPaper: boolean): Promise<Found> {
    const look = await session.look();
    if (look.says === "condition") return { is: "well", condition: look.condition };
    const { fence, answers } = this.owner.memory;
    // One that only ever said noise gets the same chance: an id that comes back is none.
    const isWorthATry = fence === "id" || (fence === null && forPaper && answers);
    if (!session.closed && isWorthATry && (await this.returnsId(session)))
      return { is: "well", condition: WELL_AS_FAR_AS_KNOWN };
    if (session.closed) return { is: session.heard ? "lost" : "turnedAway" };
    if (look.says !== "noise") return { is: "silent" };
    return { is: "well", condition: fence === null ? null : WELL_AS_FAR_AS_KNOWN };
  }

  /** GS ( H with nothing before it: prints nothing, and an empty printer that is online answers at once. */
  private returnsId(session: PrinterSession): Promise<boolean> {
    const { clock, ids } = this.owner;
    const id = ids.take();
    return new Promise((resolve) => {
      const done = (isBack: boolean) => {
        cancel();
        stop();
        resolve(isBack);
      };
      const patienceMs = this.pace.patienceMs(false) + this.pace.lineMs(FILLER.length);
      const cancel = clock.setTimer(patienceMs, () => setImmediate(() => done(false)));
      const stop = session.listen((event) => {
        if (event.type === "id" && event.id === id) done(true);
        if (event.type === "closed") done(false);
      });
      session.write(askId(id)).catch(() => {}); // it closes, and that is heard
    });
  }

  /** A port can't be opened twice, and does not die without a word: the same one is asked again, or opened again. */
  private async insist(old: PrinterSession, forPaper: boolean): Promise<Reached> {
    const session = old.closed ? await this.connect() : old;
    const found = await this.question(session, forPaper);
    return found.is === "well"
      ? this.reached(session, found.condition)
      : this.failed(session, found);
  }

  /**
   * The link in use is silent or has ended. A new one is tried beside it: as long as the cable is out, the old
   * one is all there is, and a printer that serves one at a time serves the new one only when the old has gone.
   */
  private async replace(old: PrinterSession, forPaper: boolean): Promise<Reached> {
    if (old.heard && !old.closed) this.silence = "noAnswer";
    const back = this.hears(old);
    try {
      let fresh = await this.openBeside(old);
      let asking = fresh && this.question(fresh, forPaper);
      // Answered before the grace is over: the new one is taken. Turned away: the old one is still served.
      const first = await Promise.race([back.event, this.afterGrace(asking)]);
      if (first === "back") {
        fresh?.close();
        const again = await this.question(old, forPaper);
        if (again.is === "well") return this.reached(old, again.condition);
        return { session: old, failed: "noAnswer" };
      }
      // The way is whole, so this reaches the printer, and lets the new one in.
      if (this.session === old) this.session = null;
      old.abort();
      let found = asking && (await asking);
      if (!fresh || !found || found.is === "turnedAway") {
        await this.pause(LET_IN_MS);
        fresh = await this.open(this.reconnectMs());
        asking = this.question(fresh, forPaper);
        found = await asking;
      }
      this.use(fresh);
      return found.is === "well" ? this.reached(fresh, found.condition) : this.failed(fresh, found);
    } finally {
      back.stop();
    }
  }

  /** At once where the new link is well, otherwise when the grace is over. */
  private async afterGrace(asking: Promise<Found> | null): Promise<"over"> {
    const isWell = asking?.then(({ is }) => is === "well") ?? Promise.resolve(false);
    const grace = this.pause(GRACE_MS);
    if (await Promise.race([isWell, grace.then(() => true)])) return "over";
    await grace;
    return "over";
  }

  /** @returns null when it is refused while the old link is there. @throws PrinterUnreachable */
  private async openBeside(old: PrinterSession): Promise<PrinterSession | null> {
    try {
      return await this.open(this.reconnectMs());
    } catch (error) {
      if (error instanceof PrinterUnreachable && error.isRefused && !old.closed) return null;
      throw error;
    }
  }

  /** A word on a link that was given up: it was only held up. */
  private hears(session: PrinterSession): { event: Promise<"back">; stop: () => void } {
    let stop = () => {};
    const event = new Promise<"back">((resolve) => {
      stop = session.listen(({ type }) => {
        if (type !== "closed") resolve("back");
      });
    });
    return { event, stop };
  }

  private reached(session: PrinterSession, condition: PrinterCondition | null): Reached {
    this.silence = this.silenceOfNew();
    const nowMs = this.owner.clock.monotonicMs();
    if (nowMs - (this.busySinceMs ?? nowMs) > UNNOTICED_MS)
      this.stayUntilMs = nowMs + NOTICED_AFTER_MS;
    this.busySinceMs = null;
    return { session, condition };
  }

  private failed(session: PrinterSession, found: Found): Reached {
    const isPort = this.owner.transport.kind !== "tcp";
    if (found.is === "lost" || (isPort && found.is === "turnedAway"))
      return { session: null, failed: "connectionLost" };
    const isBusy = found.is === "turnedAway" || this.silence === "busy";
    if (isBusy) this.isBusy();
    return isBusy ? { session: null, failed: "busy" } : { session, failed: "noAnswer" };
  }

  /** Only a network printer takes a link and lets it wait until another till's has ended. */
  private silenceOfNew(): "busy" | "noAnswer" {
    return this.owner.transport.kind === "tcp" ? "busy" : "noAnswer";
  }

  /** A printer whose every answer is late is late in this, too. */
  private reconnectMs(): number {
    return Math.max(RECONNECT_MS, this.pace.patienceMs(false));
  }

  private pause(ms: number): Promise<void> {
    return new Promise((resolve) => this.owner.clock.setTimer(ms, resolve));
  }
}

import type { SaleRecord } from "../../domain/sale.ts";
import type { Beginning, LostRange } from "../beginning.ts";
import { afterLost, GENESIS, linkHash, type Link } from "../chain.ts";
import { EVENT_KIND, type EventKind } from "../event.ts";
import type { LogIdentity } from "../log-identity.ts";
import type { GivenNumbers } from "../numbers.ts";
import type { Database } from "../sqlite.ts";
import { keyIdOf } from "../till-key.ts";
import type { AnchorCheck } from "./anchor-check.ts";
import { DayCheck } from "./day-check.ts";
import type { Findings } from "./finding.ts";
import { PaperCheck } from "./paper-check.ts";
import { PeopleCheck } from "./people-check.ts";
import { readBody, timeOf, toEvent, type EventRow } from "./reading.ts";
import { SaleCheck } from "./sale-check.ts";

/** Characters of a code on paper that are compared; a whole hash is fine too. */
const CODE_LENGTH = 10;

const KINDS = new Map<number, EventKind>(
  Object.entries(EVENT_KIND).map(([kind, number]) => [number, kind as EventKind]),
);
/** Without these an anchor can't be checked. */
const IDENTITY_KINDS = [
  `${EVENT_KIND.logMade}|`,
  `${EVENT_KIND.keyChanged}|`,
  `${EVENT_KIND.logContinued}|`,
];

export interface EventCheckOptions {
  /** Only the chain and its signatures, not what follows from the events. */
  chainOnly: boolean;
  /** Keys that the owner knows about: a change to one of them is no finding. */
  trustedKeys: ReadonlySet<string>;
  /** Codes from paper that some event must have. */
  codes: readonly string[];
  /** Events that the till has noted as lost. */
  lost: readonly LostRange[];
}

/** The damaged file that a log goes on from. */
export interface Continued {
  /** Number of the first event after it. */
  seq: number;
  begins: Beginning;
  setAside: string;
  /** Its events stand in this log too. */
  isMerged: boolean;
}

/** The first pass: every event in order, by itself and against the rows that follow from it. */
export class EventCheck {
  readonly receiptEvents = { count: 0, seqSum: 0 };
  events = 0;
  head: { seq: number; hash: string; atMs: number } | null = null;
  identity: LogIdentity | null = null;
  signedFrom: number | null = null;
  catalogue: { hash: string; seq: number; atMs: number } | null = null;
  utcOffsetMin: number | null = null;
  /** The newest damaged file this log goes on from; null: none. */
  continued: Continued | null = null;
  /** What `recovered` says is lost. */
  saidLost: unknown = null;
  /** What the newest `restored` or `recovered` says may be on paper. */
  numbers: GivenNumbers | null = null;
  /** Sales seen; numbers may have been left out. */
  soldCount = 0;
  readonly sales: SaleCheck;
  readonly days: DayCheck;
  private readonly findings: Findings;
  private readonly anchors: AnchorCheck;
  private readonly options: EventCheckOptions;
  private readonly people: PeopleCheck;
  private readonly papers: PaperCheck;
  private readonly missingCodes: Map<string, string>;
  /** Null where the event before could not be read: the next link can't be checked. */
  private previous: string | null = GENESIS;
  private lastSeq = 0;

  constructor(db: Database, findings: Findings, anchors: AnchorCheck, options: EventCheckOptions) {
    this.findings = findings;
    this.anchors = anchors;
    this.options = options;
    this.people = new PeopleCheck(db, findings);
    this.sales = new SaleCheck(db, findings);
    this.papers = new PaperCheck(db, findings);
    this.days = new DayCheck(db, findings);
    this.missingCodes = new Map(options.codes.map((code) => [codeOf(code), code]));
  }

  page(links: readonly Link[]): void {
    for (const link of links) this.link(link);
    const newest = links.at(-1);
    if (newest && typeof newest[1] === "string")
      this.head = { seq: newest[0], hash: newest[2], atMs: timeOf(newest[1]) };
  }

  /** After the last event. */
  finish(): void {
    this.anchors.finish(this.lastSeq);
    for (const code of this.missingCodes.values())
      this.findings.add("codeUnknown", { found: code });
    if (this.options.chainOnly) return;
    for (const check of [this.people, this.sales, this.papers, this.days]) check.finish();
  }

  /** Runs once per event of the log: whatever is not needed for every one waits until it is. */
  private link(link: Link): void {
    const [seq, text, hash] = link;
    this.events += 1;
    if (typeof text !== "string" || typeof hash !== "string") {
      this.findings.add("eventUnreadable", { seq });
      this.previous = null;
      this.lastSeq = seq;
      return;
    }
    if (this.events === 1 && seq > 1) this.begin(link);
    if (seq !== this.lastSeq + 1) this.jumped(seq, timeOf(text));
    this.lastSeq = seq;
    if (this.previous !== null && linkHash(this.previous, text) !== hash)
      this.findings.add("eventChanged", { seq, atMs: timeOf(text), ...saleOf(link) });
    this.previous = hash;
    if (!this.options.chainOnly || isIdentity(text)) this.content(toEvent(link));
    if (this.anchors.looksAt(seq)) this.anchors.event(seq, timeOf(text), hash);
    if (this.missingCodes.size > 0)
      this.missingCodes.delete(hash.slice(0, CODE_LENGTH).toLowerCase());
  }

  /** A file that goes on from a damaged one begins where that one ended. */
  private begin(link: Link): void {
    const event = toEvent(link);
    const body = readBody(event.body);
    const begins = event.kind === EVENT_KIND.logContinued ? beginsIn(body) : null;
    if (!begins || begins.seq !== event.seq - 1) return;
    this.lastSeq = begins.seq;
    this.previous = begins.hash;
    this.anchors.begin(begins.anchorSeq);
  }

  private jumped(seq: number, atMs: number): void {
    const due = this.lastSeq + 1;
    const isNoted = afterLost(due, this.options.lost) === seq;
    if (isNoted) for (const numbered of [this.sales, this.days]) numbered.leaveOut();
    this.findings.add(isNoted ? "eventLost" : "eventMissing", {
      seq: Math.min(due, seq),
      atMs,
      row: seq - due > 1 ? `${due}-${seq - 1}` : String(due),
    });
    this.previous = null;
  }

  private content(event: EventRow): void {
    const { seq, atMs } = event;
    const kind = KINDS.get(event.kind);
    const body = readBody(event.body);
    if (!kind || !body) {
      this.findings.add("eventUnreadable", {
        seq,
        atMs,
        column: kind ? "body" : "kind",
        found: kind ? null : String(event.kind),
      });
      return;
    }
    try {
      this.follow(kind, event, body);
      this.people.acted(event);
    } catch (error) {
      // What is not shaped like the body of its kind makes one of the checks stumble.
      if (!(error instanceof TypeError) && !(error instanceof RangeError)) throw error;
      this.findings.add("eventUnreadable", { seq, atMs, column: "body" });
    }
  }

  private follow(kind: EventKind, event: EventRow, body: Record<string, unknown>): void {
    const { seq, atMs } = event;
    switch (kind) {
      case "logMade":
        this.made(event, body);
        break;
      case "keyChanged":
        this.keyChanged(event, body);
        break;
      case "personNamed":
        this.people.name(event, body["name"]);
        break;
      case "dayOpened":
        this.days.opened(event, body["date"]);
        break;
      case "dayClosed":
        this.days.closed(event, body);
        break;
      case "saleCompleted":
        this.sold(event, body as unknown as SaleRecord & { dayId: number });
        break;
      case "receipt":
        this.step(event);
        break;
      case "catalogueImported":
        this.catalogue = { hash: textOf(body["catalogueHash"]), seq, atMs };
        break;
      case "logContinued":
        this.goOn(event, body);
        break;
      case "recovered":
        this.saidLost = body["lost"];
        this.leaveOut(body["numbers"]);
        break;
      case "restored":
        this.leaveOut(body["numbers"]);
        break;
      case "damageFound":
        this.damaged(event, body);
        break;
      case "tillStarted":
      case "settingsChanged":
      case "signedIn":
      case "paper":
      case "drawerOpened":
      case "lineVoided":
      case "basketAbandoned":
        break;
    }
  }

  /** Numbers up to these were given out by the books that were given up. Entries of before say nothing of it. */
  private leaveOut(numbers: unknown): void {
    const { saleId, dayId } = (numbers ?? {}) as Partial<GivenNumbers>;
    if (typeof saleId !== "number" || typeof dayId !== "number") return;
    this.numbers = { saleId, dayId };
    this.sales.goOn(saleId);
    this.days.skipTo(dayId);
  }

  private made({ seq, atMs }: EventRow, body: Record<string, unknown>): void {
    const identity = identityIn(body);
    if (!identity || this.identity) {
      this.findings.add("eventUnreadable", { seq, atMs, column: "body" });
      return;
    }
    this.identity = identity;
    this.signedFrom = seq;
    this.anchors.use(identity, seq);
    this.people.nameAll(body["people"], { seq, atMs } as EventRow);
    this.catalogue = { hash: textOf(body["catalogueHash"]), seq, atMs };
  }

  private goOn(event: EventRow, body: Record<string, unknown>): void {
    const { seq, atMs } = event;
    const identity = identityIn(body);
    const begins = beginsIn(body);
    if (!identity || !begins || begins.seq !== seq - 1) {
      this.findings.add("eventUnreadable", { seq, atMs, column: "body" });
      return;
    }
    const isMerged = this.events > 1;
    const setAside = textOf(body["setAside"]);
    this.continued = { seq, begins, setAside, isMerged };
    this.identity = identity;
    this.signedFrom ??= seq;
    this.anchors.use(identity, seq);
    this.people.nameAll(body["people"], event);
    this.sales.goOn(begins.saleId);
    this.days.goOn(event, begins);
    this.catalogue = { hash: textOf(body["catalogueHash"]), seq, atMs };
    const code = isMerged ? "continuedMerged" : "continued";
    this.findings.add(code, { seq, atMs, row: setAside, found: textOf(body["cause"]) });
  }

  private keyChanged({ seq, atMs }: EventRow, body: Record<string, unknown>): void {
    const before = this.identity;
    const identity = identityIn({ ...body, tillId: before?.tillId });
    if (!identity || !before) {
      this.findings.add("eventUnreadable", { seq, atMs, column: "body" });
      return;
    }
    this.identity = identity;
    this.anchors.use(identity, seq);
    if (!this.options.trustedKeys.has(identity.keyId))
      this.findings.add("keyChanged", {
        seq,
        atMs,
        expected: before.keyId,
        found: identity.keyId,
      });
  }

  private sold(event: EventRow, sale: SaleRecord & { dayId: number }): void {
    const { seq, atMs, ref, actor } = event;
    const isWhole =
      sale.receiptNo === ref && sale.atMs === atMs && this.people.nameOf(actor) === sale.cashier;
    if (!isWhole) this.findings.add("eventUnreadable", { seq, atMs, saleId: ref, column: "body" });
    if (typeof sale.utcOffsetMin === "number") this.utcOffsetMin = sale.utcOffsetMin;
    this.soldCount += 1;
    this.sales.add(event, sale, sale.dayId);
    this.papers.sold(event);
    this.days.sold(sale.dayId, sale);
  }

  private step(event: EventRow): void {
    const { seq, atMs, ref } = event;
    this.receiptEvents.count += 1;
    this.receiptEvents.seqSum += seq;
    if (ref === null || ref < 1 || ref > this.sales.count)
      this.findings.add("eventUnreadable", { seq, atMs, saleId: ref, column: "ref" });
    this.papers.step(event);
  }

  private damaged({ seq, atMs }: EventRow, body: Record<string, unknown>): void {
    const said = Array.isArray(body["findings"]) ? (body["findings"] as { code?: unknown }[]) : [];
    const codes = said.map(({ code }) => String(code)).join(", ");
    this.findings.add("damageRecorded", { seq, atMs, found: codes });
  }
}

/** Where a file begins; null when its event does not say so. */
function beginsIn(body: Record<string, unknown> | null): Beginning | null {
  const begins = body?.["begins"] as Partial<Beginning> | null | undefined;
  const isWhole =
    typeof begins === "object" &&
    typeof begins?.seq === "number" &&
    typeof begins.hash === "string" &&
    typeof begins.saleId === "number" &&
    typeof begins.dayId === "number";
  return isWhole ? (begins as Beginning) : null;
}

function textOf(value: unknown): string {
  return typeof value === "string" ? value : "";
}

/** True for the events that say whose the log is; without taking the others apart. */
function isIdentity(link: string): boolean {
  const kindAt = link.indexOf("|", link.indexOf("|") + 1) + 1;
  return IDENTITY_KINDS.some((kind) => link.startsWith(kind, kindAt));
}

/** The identity an event gives; null when its parts don't belong together. */
function identityIn(body: Record<string, unknown>): LogIdentity | null {
  const { tillId, keyId, publicKey } = body;
  if (typeof tillId !== "string" || typeof keyId !== "string" || typeof publicKey !== "string")
    return null;
  return keyIdOf(publicKey) === keyId ? { tillId, keyId, publicKey } : null;
}

/** The sale a changed event is about, as far as its row still says so. */
function saleOf(link: Link): { saleId: number | null } {
  const { kind, ref } = toEvent(link);
  return { saleId: kind === EVENT_KIND.saleCompleted || kind === EVENT_KIND.receipt ? ref : null };
}

/**
 * A code as it is compared: people read it aloud, so capitals don't count. A report prints the number
 * of the event before its hash.
 */
function codeOf(text: string): string {
  const hash = text.trim().split(/\s+/).at(-1) ?? "";
  return hash.slice(0, CODE_LENGTH).toLowerCase();
}

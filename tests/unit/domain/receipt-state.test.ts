import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { CAUSE_CODES } from "../../../main/domain/receipt/cause.ts";
import {
  applyReceiptEvent,
  deferralLeftMs,
  holdsNextSale,
  isSettled,
  isStuck,
  DEFER_MS,
  LATE_AFTER_MS,
  RECEIPT_STATES,
  type ReceiptEvent,
  type ReceiptState,
  type ReceiptStatus,
} from "../../../main/domain/receipt/state.ts";

const AT = 1_000_000;

const on = (status: ReceiptStatus | null, ...events: ReceiptEvent[]): ReceiptStatus => {
  const after = events.reduce<ReceiptStatus | null>(applyReceiptEvent, status);
  if (after === null) throw new Error("no events");
  return after;
};

const opened: ReceiptEvent = { type: "opened", atMs: AT };
const requested = (attempt: number): ReceiptEvent => ({ type: "requested", attempt, atMs: AT });
const started = (attempt: number): ReceiptEvent => ({ type: "attemptStarted", attempt, atMs: AT });
const blocked = (attempt: number): ReceiptEvent => ({
  type: "attemptBlocked",
  attempt,
  cause: "paperOut",
  atMs: AT,
});
const resumed = (attempt: number): ReceiptEvent => ({ type: "attemptResumed", attempt, atMs: AT });
const printed = (attempt: number, atMs = AT): ReceiptEvent => ({
  type: "attemptPrinted",
  attempt,
  grade: "A",
  late: false,
  atMs,
});
const failed = (attempt: number): ReceiptEvent => ({
  type: "attemptFailed",
  attempt,
  cause: "coverOpen",
  atMs: AT,
});
const cleared = (attempt: number): ReceiptEvent => ({
  type: "attemptCleared",
  attempt,
  cause: "cutterJam",
  atMs: AT,
});
const unknown = (attempt: number): ReceiptEvent => ({
  type: "attemptUnknown",
  attempt,
  cause: "noAnswer",
  atMs: AT,
});
const denied = (attempt: number, damaged: boolean): ReceiptEvent => ({
  type: "denied",
  attempt,
  damaged,
  by: "Li",
  atMs: AT,
});
const settled = (how: "person" | "declined" | "handwritten"): ReceiptEvent => ({
  type: "settled",
  how,
  by: "Li",
  reason: "saw it",
  atMs: AT,
});
const deferred: ReceiptEvent = { type: "deferred", untilMs: AT + 1000, by: "Li", atMs: AT };
const handedOver: ReceiptEvent = { type: "handedOver", by: "Li", atMs: AT };

/** A receipt in each state, by the shortest way there; every one is at attempt 1. */
const IN: Partial<Record<ReceiptState, ReceiptStatus>> = {
  due: on(null, opened, requested(1)),
  printing: on(null, opened, requested(1), started(1)),
  blocked: on(null, opened, requested(1), started(1), blocked(1)),
  failed: on(null, opened, requested(1), failed(1)),
  unknown: on(null, opened, requested(1), started(1), unknown(1)),
  printed: on(null, opened, requested(1), started(1), printed(1)),
  declined: on(null, opened, requested(1), failed(1), settled("declined")),
  handwritten: on(null, opened, requested(1), failed(1), settled("handwritten")),
};

describe("every event in every state", () => {
  const owed: [string, ReceiptEvent, ReceiptState | "same"][] = [
    ["requested", requested(2), "due"],
    ["attemptStarted", started(1), "printing"],
    ["attemptBlocked", blocked(1), "blocked"],
    ["attemptResumed", resumed(1), "printing"],
    ["attemptPrinted", printed(1), "printed"],
    ["attemptFailed", failed(1), "failed"],
    ["attemptCleared", cleared(1), "failed"],
    ["attemptUnknown", unknown(1), "unknown"],
    ["denied", denied(1, false), "same"],
    ["settled person", settled("person"), "printed"],
    ["settled declined", settled("declined"), "declined"],
    ["settled handwritten", settled("handwritten"), "handwritten"],
    ["deferred", deferred, "same"],
    ["handedOver", handedOver, "same"],
  ];
  const bySelf = owed.filter(([name]) => !name.startsWith("settled"));
  const states = RECEIPT_STATES.flatMap((state) => {
    const before = IN[state];
    return before ? [{ state, before }] : [];
  });
  const cases = states
    .filter(({ state }) => !isSettled(state))
    .flatMap((from) => owed.map(([name, event, expected]) => ({ ...from, name, event, expected })));
  const settledCases = states
    .filter(({ state }) => isSettled(state))
    .flatMap((from) => bySelf.map(([name, event]) => ({ ...from, name, event })));

  it.each(cases)("$state on $name", ({ state, before, event, expected }) => {
    expect(on(before, event).state).toBe(expected === "same" ? state : expected);
  });

  it.each(settledCases)("$state stays settled on $name", ({ state, before, event }) => {
    expect(on(before, event).state).toBe(state);
  });

  it("begins with opening", () => {
    expect(() => on(null, printed(1))).toThrow("before it was opened");
  });
});

describe("proof", () => {
  it("comes from the device with its grade", () => {
    expect(IN.printed).toMatchObject({
      proof: "device",
      grade: "A",
      inFlight: false,
      settledAtMs: AT,
    });
  });

  it("counts late, for an attempt that was given up", () => {
    const status = on(IN.unknown ?? null, requested(2), printed(1));
    expect(status).toMatchObject({ state: "printed", proof: "device", inFlight: true });
    expect(on(status, failed(2))).toMatchObject({ state: "printed", inFlight: false });
  });

  it("never undoes what a person settled", () => {
    expect(on(IN.declined ?? null, printed(1))).toMatchObject({ state: "declined", proof: null });
  });

  it("of an old attempt says nothing of the newest: its failures move nothing", () => {
    const second = on(IN.unknown ?? null, requested(2), started(2));
    for (const event of [failed(1), unknown(1), blocked(1), resumed(1)])
      expect(on(second, event)).toEqual(second);
  });
});

describe("papers and marks", () => {
  it("a refusal before the first byte leaves the next one an original, however often", () => {
    let status = on(null, opened);
    for (let attempt = 1; attempt <= 4; attempt += 1)
      status = on(status, requested(attempt), failed(attempt));
    expect(status.papers).toBe(0);
  });

  it("every start counts one paper", () => {
    const status = on(IN.unknown ?? null, requested(2), started(2), unknown(2));
    expect(status.papers).toBe(2);
  });

  it("a cleared or torn slip is replaced, once", () => {
    const torn = on(IN.blocked ?? null, cleared(1));
    expect(torn).toMatchObject({ damaged: true, papers: 1 });
    expect(on(torn, requested(2), started(2), printed(2)).damaged).toBe(false);
    const half = on(IN.printed ?? null, denied(1, true));
    expect(half).toMatchObject({ state: "printed", damaged: true });
    expect(on(half, requested(2), started(2), printed(2)).damaged).toBe(false);
  });

  it("a torn slip stays torn while only an older paper is proven", () => {
    const status = on(IN.printed ?? null, denied(1, true), requested(2), started(2), printed(1));
    expect(status.damaged).toBe(true);
  });

  it("is whole when a person saw it", () => {
    const status = on(
      IN.unknown ?? null,
      denied(1, true),
      requested(2),
      started(2),
      unknown(2),
      settled("person"),
    );
    expect(status).toMatchObject({ state: "printed", proof: "person", damaged: false });
  });

  it("printed late waits in the tray, until it is handed over", () => {
    const late = on(IN.unknown ?? null, printed(1, AT + LATE_AFTER_MS + 1));
    expect(late.handover).toBe("waiting");
    expect(on(late, handedOver).handover).toBe("done");
    // Put off for a moment, and its customer still stands there.
    expect(on(IN.failed ?? null, deferred, requested(2), started(2), printed(2)).handover).toBe(
      "none",
    );
    expect(IN.printed?.handover).toBe("none");
  });

  it("is late by the time that passed, not by a clock that was set meanwhile", () => {
    const seconds = { ...printed(1, AT + 2 * 60 * 60_000), sinceSaleMs: 2_000 };
    expect(on(IN.unknown ?? null, seconds).handover).toBe("none");
    const minutes = { ...printed(1, AT - 2 * 60 * 60_000), sinceSaleMs: LATE_AFTER_MS + 1 };
    expect(on(IN.unknown ?? null, minutes).handover).toBe("waiting");
  });
});

describe("what holds the next sale", () => {
  it.each([
    ["due", false],
    ["printing", false],
    ["blocked", true],
    ["failed", true],
    ["unknown", true],
    ["printed", false],
    ["declined", false],
    ["handwritten", false],
  ] as const)("%s: %s", (state, holds) => {
    const status = IN[state];
    if (!status) throw new Error(state);
    expect(holdsNextSale(status, 0)).toBe(holds);
    expect(isStuck(state)).toBe(holds);
  });

  it("not while it is deferred, and again from that very moment", () => {
    const status = on(IN.failed ?? null, deferred);
    expect(status.deferrals).toBe(1);
    expect(holdsNextSale(status, deferralLeftMs(status, AT + 999))).toBe(false);
    expect(holdsNextSale(status, deferralLeftMs(status, AT + 1000))).toBe(true);
  });

  it("at once, when the clock was set back after it had been deferred", () => {
    const status = on(IN.failed ?? null, deferred);
    expect(deferralLeftMs(status, AT + 1000 - DEFER_MS)).toBe(DEFER_MS);
    expect(deferralLeftMs(status, AT - 60 * 60_000)).toBe(0);
  });
});

describe("any history", () => {
  const attempt = fc.integer({ min: 1, max: 4 });
  const cause = fc.constantFrom(...CAUSE_CODES);
  const event: fc.Arbitrary<ReceiptEvent> = fc.oneof(
    fc.record({
      type: fc.constantFrom(
        "requested" as const,
        "attemptStarted" as const,
        "attemptResumed" as const,
      ),
      attempt,
      atMs: fc.constant(AT),
    }),
    fc.record({
      type: fc.constantFrom(
        "attemptBlocked" as const,
        "attemptFailed" as const,
        "attemptCleared" as const,
        "attemptUnknown" as const,
      ),
      attempt,
      cause,
      atMs: fc.constant(AT),
    }),
    attempt.map((n) => printed(n)),
    attempt.map((n) => denied(n, n % 2 === 0)),
    fc.constantFrom(deferred, handedOver),
  );

  it("is printed only with proof, and settled stays settled", () => {
    fc.assert(
      fc.property(fc.array(event, { maxLength: 30 }), (events) => {
        let status = on(null, opened, requested(1));
        for (const next of events) {
          const wasSettled = isSettled(status.state);
          const before = status;
          status = on(status, next);
          if (wasSettled) expect(status.state).toBe(before.state);
          if (status.state === "printed" && before.state !== "printed")
            expect(next.type).toBe("attemptPrinted");
          expect(status.papers).toBe(before.papers + (next.type === "attemptStarted" ? 1 : 0));
        }
        expect(status.state === "printed").toBe(status.proof !== null);
      }),
      { numRuns: 300 },
    );
  });
});

import fc from "fast-check";
import { expect, test } from "vitest";
import { HostConnection } from "../../main/printing/native/host-connection.ts";
import { PrinterHostGone } from "../../main/printing/native/host-error.ts";
import { serveReader, type ReaderPort } from "../../main/sale-log/reader/serve.ts";
import type { FromReader, ToReader } from "../../main/sale-log/reader/requests.ts";
import { TestClock } from "../unit/support/test-clock.ts";
import { hunt } from "./support/fuzz.ts";
import { anyHostile, HOSTILE_TEXTS } from "./support/hostile-values.ts";

/** Messages as the printer host sends them, with something wrong in them, or nothing. */
const anyHostMessage = fc.oneof(
  anyHostile,
  fc.record(
    {
      type: fc.constantFrom(
        ...["ready", "pong", "answer", "refused", "found", "data", "closed", "problem"],
        ...HOSTILE_TEXTS,
      ),
      call: fc.oneof(fc.integer({ min: 0, max: 5 }), anyHostile),
      link: fc.oneof(fc.integer({ min: 0, max: 5 }), anyHostile),
      kinds: fc.oneof(fc.constant(["usb"]), anyHostile),
      kind: fc.oneof(fc.constant("usb"), anyHostile),
      value: anyHostile,
      reason: fc.oneof(fc.constantFrom(null, "busy"), anyHostile),
      message: fc.oneof(fc.constant("x"), anyHostile),
      printers: fc.oneof(fc.constant([1]), anyHostile),
      bytes: fc.oneof(fc.constant(new Uint8Array(3)), anyHostile),
    },
    { requiredKeys: ["type"] },
  ),
);

const USB = { kind: "usb", vendorId: 1, productId: 2, serial: null, name: "x" } as const;

test("a printer host that says anything is obeyed or ended, and whoever waits is told", async () => {
  const clock = new TestClock(1_000);
  await hunt(fc.array(anyHostMessage, { maxLength: 12 }), 300, async (messages) => {
    let say: (message: unknown) => void = () => {};
    let isEnded = false;
    const connection = new HostConnection({
      clock,
      spawn: () => ({
        send: () => {},
        onMessage: (listener) => {
          say = listener;
        },
        onExit: () => {},
        kill: () => {},
      }),
      problem: (error) => expect(error).toBeInstanceOf(Error),
      ended: (why) => {
        expect(isEnded).toBe(false);
        expect(why === null || why instanceof PrinterHostGone).toBe(true);
        isEnded = true;
      },
    });
    const found: unknown[] = [];
    say({ type: "ready", kinds: ["usb"] });
    const open = connection.open(USB).then(
      (link) => {
        link.onData((bytes) => expect(bytes).toBeInstanceOf(Uint8Array));
        return "open";
      },
      (error: unknown) => (error instanceof Error ? "refused" : expect.fail("no error")),
    );
    await connection.ready;
    for (const message of messages) say(message);
    await new Promise((resolve) => setImmediate(resolve));
    connection.close();
    expect(["open", "refused"]).toContain(await open);
    expect(isEnded).toBe(true);
    expect(found).toEqual([]);
  });
});

const anyAsk = fc.oneof(
  fc.record({
    type: fc.constant("ask"),
    id: fc.nat(20),
    name: fc.constantFrom("search", "dayReport", ...HOSTILE_TEXTS),
    ask: anyHostile,
  }),
  fc.record({ type: fc.constant("cancel"), id: fc.oneof(fc.nat(20), anyHostile) }),
);

const byText = (a: unknown, b: unknown) => String(a).localeCompare(String(b));

test("the log reader answers every request, also for what it can't do, and then ends", async () => {
  await hunt(fc.array(anyAsk, { maxLength: 12 }), 300, async (messages) => {
    const answers: FromReader[] = [];
    let hear: (message: ToReader) => void = () => {};
    const ended = Promise.withResolvers<undefined>();
    const port: ReaderPort = {
      postMessage: (message) => {
        answers.push(structuredClone(message));
      },
      on: (_event, listener) => {
        hear = listener;
      },
      close: () => ended.resolve(undefined),
    };
    const fail = (ask: unknown) => {
      throw new TypeError(`no such ask: ${typeof ask}`);
    };
    serveReader(port, { search: fail, dayReport: fail }, () => Promise.resolve());
    for (const message of messages) hear(message as ToReader);
    await new Promise((resolve) => setImmediate(resolve));
    hear({ type: "close" });
    await ended.promise;
    const asked = messages.filter(({ type }) => type === "ask").map(({ id }) => id);
    const told = answers.flatMap((answer) => ("id" in answer ? [answer.id] : []));
    expect(told.toSorted(byText)).toEqual(asked.toSorted(byText));
    for (const answer of answers) expect(["ready", "failed", "cancelled"]).toContain(answer.type);
  });
});

import { expect, it } from "vitest";
import {
  BulkLink,
  type BulkPipe,
  type Sent,
} from "../../../../main/printing/transports/usb/bulk-link.ts";
import { TestClock } from "../../support/test-clock.ts";

/** A pipe whose every transfer ends when and how the test says. */
function handPipe() {
  const sends: { bytes: Uint8Array; end: (sent: Sent) => void; cancelled: boolean }[] = [];
  const reads: { end: (bytes: Uint8Array) => void; fail: (error: Error) => void }[] = [];
  const arrived = new Set<() => void>();
  let closes = 0;
  let closing: Promise<void> = Promise.resolve();
  const notify = () => {
    for (const look of [...arrived]) look();
  };
  const pipe: BulkPipe = {
    send: (bytes) => {
      const { promise, resolve } = Promise.withResolvers<Sent>();
      const send = { bytes: bytes.slice(), end: resolve, cancelled: false };
      sends.push(send);
      notify();
      return { done: promise, cancel: () => void (send.cancelled = true) };
    },
    receive: () => {
      const { promise, resolve, reject } = Promise.withResolvers<Uint8Array>();
      reads.push({ end: resolve, fail: reject });
      return { done: promise, cancel: () => resolve(new Uint8Array(0)) };
    },
    close: () => {
      closes += 1;
      return closing;
    },
  };
  return {
    pipe,
    sends,
    reads,
    closes: () => closes,
    closeWith: (promise: Promise<void>) => {
      closing = promise;
    },
    /** Resolves when the n-th transfer to the printer has been started. */
    sent: (count: number) =>
      new Promise<void>((resolve) => {
        const look = () => {
          if (sends.length < count) return;
          arrived.delete(look);
          resolve();
        };
        arrived.add(look);
        look();
      }),
  };
}

const closed = (link: BulkLink) => new Promise<void>((resolve) => link.onClose(resolve));

it("sends what is written in order, one transfer at a time", async () => {
  const hand = handPipe();
  const link = new BulkLink(hand.pipe, new TestClock(20));
  const big = link.write(new Uint8Array(5_000).fill(1));
  const small = link.write(Uint8Array.of(2));
  await hand.sent(1);
  expect(hand.sends.map(({ bytes }) => bytes.length)).toEqual([4_096]);
  hand.sends[0]?.end({ bytes: 4_096, error: null });
  await hand.sent(2);
  hand.sends[1]?.end({ bytes: 904, error: null });
  await big;
  await hand.sent(3);
  expect(hand.sends[2]?.bytes).toEqual(Uint8Array.of(2));
  hand.sends[2]?.end({ bytes: 1, error: null });
  await small;
});

it("a transfer that ends well with fewer bytes than it had is no success", async () => {
  const hand = handPipe();
  const link = new BulkLink(hand.pipe, new TestClock(20));
  const written = link.write(new Uint8Array(100));
  await hand.sent(1);
  hand.sends[0]?.end({ bytes: 99, error: null });
  await expect(written).rejects.toThrow("took 99 of 100 bytes: no error was given");
  await closed(link);
  expect(hand.closes()).toBe(1);
});

it("all bytes taken in the moment it was given up are a success", async () => {
  const hand = handPipe();
  const clock = new TestClock(20);
  const link = new BulkLink(hand.pipe, clock);
  const written = link.write(new Uint8Array(100));
  await hand.sent(1);
  clock.jump(6_000);
  const send = hand.sends[0];
  await new Promise<void>((resolve) => clock.setTimer(1, resolve));
  expect(send?.cancelled).toBe(true);
  send?.end({ bytes: 100, error: new Error("cancelled") });
  await written;
  expect(link.isOpen).toBe(true);
});

it("a transfer that never ends does not keep the link from closing", async () => {
  const hand = handPipe();
  const link = new BulkLink(hand.pipe, new TestClock(20));
  link.write(new Uint8Array(100)).catch(() => {});
  await hand.sent(1);
  link.close();
  await closed(link);
  expect(hand.sends[0]?.cancelled).toBe(true);
  expect(hand.closes()).toBe(1);
});

it("a printer that can't be given back ends the link all the same, and says so", async () => {
  const hand = handPipe();
  const failing = Promise.reject(new Error("stuck"));
  failing.catch(() => {});
  hand.closeWith(failing);
  const link = new BulkLink(hand.pipe, new TestClock(20));
  link.close();
  link.close();
  await closed(link);
  await expect(link.released).rejects.toThrow("stuck");
  expect(hand.closes()).toBe(1);
});

it("what came before anybody listened is kept, in order, and told once", async () => {
  const hand = handPipe();
  const link = new BulkLink(hand.pipe, new TestClock(20));
  hand.reads[0]?.end(Uint8Array.of(1));
  await Promise.resolve();
  await new Promise((resolve) => setImmediate(resolve));
  hand.reads[1]?.end(Uint8Array.of(2));
  await new Promise((resolve) => setImmediate(resolve));
  const heard: number[] = [];
  link.onData((bytes) => heard.push(...bytes));
  hand.reads[2]?.end(Uint8Array.of(3));
  await new Promise((resolve) => setImmediate(resolve));
  expect(heard).toEqual([1, 2, 3]);
});

it("a read that fails ends it; what is written then says why", async () => {
  const hand = handPipe();
  const link = new BulkLink(hand.pipe, new TestClock(20));
  hand.reads[0]?.fail(new Error("the device is gone"));
  await closed(link);
  await expect(link.write(Uint8Array.of(1))).rejects.toThrow("the device is gone");
});

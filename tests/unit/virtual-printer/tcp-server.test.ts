import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { afterEach, describe, expect, it } from "vitest";
import {
  serveVirtualPrinter,
  VirtualPrinter,
} from "../../../main/printing/virtual-printer/index.ts";
import { FEED_CUT, hex, id, idAnswer, toHex } from "./bench-printer.ts";
import { ManualClock } from "./manual-clock.ts";

const cleanups: (() => Promise<void> | void)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).toReversed()) await cleanup();
});

async function served(bufferBytes = 16_384) {
  const clock = new ManualClock();
  const printer = new VirtualPrinter({ clock, widthMm: 80, bufferBytes });
  const server = await serveVirtualPrinter(printer, { port: 0 });
  cleanups.push(() => server.close());
  return { clock, printer, server };
}

async function dial(port: number): Promise<Socket> {
  const socket = connect({ port, host: "127.0.0.1", noDelay: true });
  cleanups.push(() => void socket.destroy());
  await once(socket, "connect");
  return socket;
}

/** Resolves with the first `count` bytes the printer sends. */
function received(socket: Socket, count: number): Promise<string> {
  return new Promise((resolve, reject) => {
    let all = new Uint8Array();
    socket.on("error", reject);
    socket.on("data", (chunk: Uint8Array) => {
      all = Uint8Array.from([...all, ...chunk]);
      if (all.length >= count) resolve(toHex(all));
    });
  });
}

function untilState(printer: VirtualPrinter, holds: () => boolean): Promise<void> {
  if (holds()) return Promise.resolve();
  return new Promise((resolve) => {
    const off = printer.on(() => {
      if (!holds()) return;
      off();
      resolve();
    });
  });
}

describe("raw TCP", () => {
  it("prints and answers like the in-process link", async () => {
    const { clock, printer, server } = await served();
    const socket = await dial(server.port);
    const answer = received(socket, 8);
    socket.write(hex(`"one" 0a ${id("TCP1")} ${FEED_CUT} 10 04 01`));
    await untilState(printer, () => printer.state().printing);
    clock.advance(60_000);
    expect(await answer).toBe(`12 ${idAnswer("TCP1")}`);
    expect(printer.paper.slips()[0]).toMatchObject({ cut: true });
  });

  it("shows a reset as a TCP RST and prints what came before it", async () => {
    const { clock, printer, server } = await served();
    const socket = await dial(server.port);
    printer.setFault({ kind: "reset", afterBytes: 4 });
    const failed = once(socket, "error");
    socket.write(hex('"one" 0a "two" 0a'));
    expect((await failed)[0]).toMatchObject({ code: "ECONNRESET" });
    clock.advance(60_000);
    expect(printer.paper.slips()[0]?.text()).toBe("one");
  });

  it("resets a second session and leaves the first alone", async () => {
    const { printer, server } = await served();
    const first = await dial(server.port);
    await untilState(printer, () => printer.state().sessions === 1);
    const second = connect({ port: server.port, host: "127.0.0.1" });
    const [error] = await once(second, "error");
    expect(error).toMatchObject({ code: "ECONNRESET" });
    const answer = received(first, 1);
    first.write(hex("10 04 01"));
    expect(await answer).toBe("12");
  });

  it("takes a new session when the old one has ended", async () => {
    const { printer, server } = await served();
    const first = await dial(server.port);
    await untilState(printer, () => printer.state().sessions === 1);
    first.end();
    await untilState(printer, () => printer.state().sessions === 0);
    const second = await dial(server.port);
    const answer = received(second, 1);
    second.write(hex("10 04 01"));
    expect(await answer).toBe("12");
  });

  it("refuses connections while the power is off and listens on the same port again", async () => {
    const { printer, server } = await served();
    const socket = await dial(server.port);
    await untilState(printer, () => printer.state().sessions === 1);
    const dead = once(socket, "error");
    printer.powerOff();
    expect((await dead)[0]).toMatchObject({ code: "ECONNRESET" });
    const refused = connect({ port: server.port, host: "127.0.0.1" });
    expect((await once(refused, "error"))[0]).toMatchObject({ code: "ECONNREFUSED" });
    printer.powerOn();
    await expect
      .poll(() =>
        dial(server.port).then(
          () => true,
          () => false,
        ),
      )
      .toBe(true);
  });

  it("keeps bytes back in the network while the buffer is full", async () => {
    const { clock, printer, server } = await served(1000);
    printer.openCover();
    const socket = await dial(server.port);
    const text = `${"0123456789".repeat(4)}\n`.repeat(100);
    socket.write(text);
    await expect.poll(() => printer.state().bufferUsed).toBe(1000);
    const answer = received(socket, 7);
    socket.write(hex(id("LAST")));
    printer.closeCover();
    // The rest arrives bit by bit as the paper makes room.
    await expect
      .poll(() => {
        clock.advance(1000);
        return printer.paper.slips()[0]?.text();
      })
      .toBe(text.trimEnd());
    clock.advance(1000);
    expect(await answer).toBe(idAnswer("LAST"));
  });
});

import { describe, expect, onTestFinished, test } from "vitest";
import type { FoundPrinter } from "../../../../main/contract/printers.ts";
import { NativeHostClient } from "../../../../main/printing/native/client.ts";
import type { NativeDriver, NativePrinterKind } from "../../../../main/printing/native/driver.ts";
import {
  PrinterUnreachable,
  type PrinterLink,
  type SpoolTransport,
  type WireTransport,
} from "../../../../main/printing/transport.ts";
import { TestClock } from "../../support/test-clock.ts";
import { inProcessHosts, type InProcessHost } from "./in-process-host.ts";

const LP = { kind: "lp", path: "/dev/usb/lp0" } as const;
const OTHER_LP = { kind: "lp", path: "/dev/usb/lp1" } as const;
const CUPS = { kind: "cups", queue: "kitchen" } as const;
const never = () => new Promise<never>(() => {});

/** A printer that takes what it is told to and answers when asked to. */
class ScriptedLink implements PrinterLink {
  readonly written: number[][] = [];
  takes = true;
  /** Resolves at the first write. */
  readonly reached = Promise.withResolvers<void>();
  private readonly listeners: ((bytes: Uint8Array) => void)[] = [];
  private readonly closing = Promise.withResolvers<void>();

  write(bytes: Uint8Array): Promise<void> {
    this.written.push([...bytes]);
    this.reached.resolve();
    return this.takes ? Promise.resolve() : never();
  }
  onData(listener: (bytes: Uint8Array) => void): void {
    this.listeners.push(listener);
  }
  onClose(listener: () => void): void {
    void this.closing.promise.then(listener);
  }
  close(): void {
    this.closing.resolve();
  }
  answer(...bytes: number[]): void {
    // A view on something larger, as Node's buffers are.
    for (const listener of this.listeners) listener(Buffer.from(bytes));
  }
}

interface BenchOptions {
  lp?: Partial<NativeDriver<"lp">>;
  cups?: Partial<SpoolTransport> | ((queue: string) => Partial<SpoolTransport>);
  more?: [NativePrinterKind, () => Promise<NativeDriver>][];
  factor?: number;
}

function bench(options: BenchOptions = {}) {
  const clock = new TestClock(options.factor ?? 1);
  const links: ScriptedLink[] = [];
  const reports: string[] = [];
  const lp: NativeDriver<"lp"> = {
    kind: "lp",
    find: () => Promise.resolve([]),
    openLink: () => {
      const link = new ScriptedLink();
      links.push(link);
      return Promise.resolve(link);
    },
    ...options.lp,
  };
  const cups: NativeDriver<"cups"> = {
    kind: "cups",
    find: () => Promise.resolve([]),
    spool: ({ queue }) => ({
      path: "spool",
      kind: "cups",
      address: queue,
      check: () => Promise.resolve(null),
      submit: () => Promise.reject(new Error("not in this test")),
      ...(typeof options.cups === "function" ? options.cups(queue) : options.cups),
    }),
  };
  const { spawn, hosts } = inProcessHosts(
    new Map<NativePrinterKind, () => Promise<NativeDriver>>([
      ["lp", () => Promise.resolve(lp)],
      ["cups", () => Promise.resolve(cups)],
      ...(options.more ?? []),
    ]),
  );
  const client = new NativeHostClient({
    spawn,
    clock,
    report: (where, error) => {
      reports.push(`${where}: ${error instanceof Error ? error.message : String(error)}`);
      return "1";
    },
  });
  onTestFinished(() => client.close());
  const wire = (config: { kind: "lp"; path: string } = LP): WireTransport => {
    const transport = client.transport(config);
    if (transport.path !== "wire") throw new Error("a device is a wire");
    return transport;
  };
  const queue = (config: { kind: "cups"; queue: string } = CUPS): SpoolTransport => {
    const transport = client.transport(config);
    if (transport.path !== "spool") throw new Error("a queue is a spool");
    return transport;
  };
  return { client, clock, hosts, links, reports, wire, queue };
}

const closed = (link: PrinterLink) => new Promise<void>((resolve) => link.onClose(resolve));
const heard = (link: PrinterLink) =>
  new Promise<number[]>((resolve) => link.onData((bytes) => resolve([...bytes])));
const ended = (host: InProcessHost) =>
  new Promise<void>((resolve) => {
    const look = () => (host.ended === null ? setImmediate(look) : resolve());
    look();
  });
const first = <Item>(items: readonly Item[]): Item => {
  const [item] = items;
  if (item === undefined) throw new Error("nothing there");
  return item;
};

describe("a link through the host", () => {
  test("starts no host before it is needed", async () => {
    const { hosts, wire } = bench();
    const transport = wire();
    expect(transport).toMatchObject({ path: "wire", kind: "lp", address: LP.path });
    expect(hosts).toHaveLength(0);
    await transport.open();
    await wire(OTHER_LP).open();
    expect(hosts).toHaveLength(1);
  });

  test("carries bytes both ways, and answers that come before anybody listens", async () => {
    const { links, wire } = bench();
    const link = await wire().open();
    first(links).answer(0x12, 0x16);
    await link.write(Buffer.from("0123456789").subarray(2, 4));
    expect(first(links).written).toEqual([[0x32, 0x33]]);
    expect(await heard(link)).toEqual([0x12, 0x16]);
  });

  test("tells when the printer goes, and refuses writes from then on", async () => {
    const { links, wire } = bench();
    const link = await wire().open();
    first(links).takes = false;
    const writing = link.write(Buffer.from("x"));
    const over = closed(link);
    await first(links).reached.promise;
    first(links).close();
    await expect(writing).rejects.toThrow("closed");
    await over;
    await expect(link.write(Buffer.from("y"))).rejects.toThrow("closed");
    expect(first(links).written).toHaveLength(1);
  });

  test("closing it closes the printer's, and the next is opened only then", async () => {
    const order: string[] = [];
    const { wire } = bench({
      lp: {
        openLink: () => {
          order.push("opened");
          const closing = Promise.withResolvers<void>();
          return Promise.resolve({
            write: () => Promise.resolve(),
            onData: () => {},
            onClose: (listener) => void closing.promise.then(listener),
            close: () => {
              setImmediate(() => {
                order.push("closed");
                closing.resolve();
              });
            },
          });
        },
      },
    });
    const link = await wire().open();
    const over = closed(link);
    link.close();
    await over;
    await wire().open();
    expect(order).toEqual(["opened", "closed", "opened"]);
  });

  test("keeps why a printer can't be opened", async () => {
    const { wire, client } = bench({
      lp: { openLink: () => Promise.reject(new PrinterUnreachable("busy", "somebody else")) },
    });
    await expect(wire().open()).rejects.toMatchObject({
      name: "PrinterUnreachable",
      reason: "busy",
      message: "somebody else",
    });
    const serial = client.transport({ kind: "serial", path: "COM1", baudRate: 9600, flow: "none" });
    if (serial.path !== "wire") throw new Error("a port is a wire");
    await expect(serial.open()).rejects.toMatchObject({ reason: "unreachable" });
  });
});

describe("a host that ends", () => {
  test("closes every link, once, and fails every write", async () => {
    const { hosts, links, reports, wire } = bench();
    const [one, two] = await Promise.all([wire().open(), wire(OTHER_LP).open()]);
    for (const link of links) link.takes = false;
    const writing = one.write(Buffer.from("receipt"));
    let closes = 0;
    one.onClose(() => {
      closes += 1;
    });
    const over = Promise.all([closed(one), closed(two)]);
    first(hosts).crash(139);
    const error = await writing.then(
      () => null,
      (reason: unknown) => reason,
    );
    expect(error).toBeInstanceOf(Error);
    expect(error).not.toBeInstanceOf(PrinterUnreachable);
    await over;
    expect(closes).toBe(1);
    expect(reports).toEqual(["printer host: the printer host ended by itself (code 139)"]);
  });

  test("is started again after a pause that grows", async () => {
    const { clock, hosts, wire } = bench({ lp: { openLink: () => never() } });
    const pauses: number[] = [];
    for (let ends = 1; ends <= 8; ends += 1) {
      const opening = wire().open();
      expect(hosts).toHaveLength(ends);
      hosts.at(-1)?.crash();
      await expect(opening).rejects.toMatchObject({ reason: "unreachable" });
      const endedMs = clock.monotonicMs();
      // Asking again and again starts none.
      await expect(wire().open()).rejects.toMatchObject({ reason: "unreachable" });
      expect(hosts).toHaveLength(ends);
      const pauseMs = Math.min(30_000, 500 * 2 ** (ends - 1));
      clock.jump(pauseMs);
      pauses.push(Math.round((clock.monotonicMs() - endedMs) / 100) * 100);
    }
    expect(pauses).toEqual([500, 1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000]);
  });

  test("one that can't be started at all is the same", async () => {
    const clock = new TestClock(1);
    let tries = 0;
    const client = new NativeHostClient({
      clock,
      report: () => "1",
      spawn: () => {
        tries += 1;
        throw new Error("EAGAIN");
      },
    });
    const transport = client.transport(LP);
    if (transport.path !== "wire") throw new Error("a device is a wire");
    await expect(transport.open()).rejects.toThrow(PrinterUnreachable);
    await expect(transport.open()).rejects.toThrow(PrinterUnreachable);
    expect(tries).toBe(1);
    expect(await client.find()).toEqual([]);
  });

  test("one that talks nonsense is ended", async () => {
    const { hosts, wire } = bench();
    const link = await wire().open();
    const over = closed(link);
    first(hosts).say({ type: "data", link: 1, bytes: "not bytes" });
    await over;
    expect(first(hosts).ended).toBe("killed");
  });
});

describe("a host that hangs", () => {
  const hangingLp = (opens: string[] = []): BenchOptions => ({
    lp: {
      openLink: ({ path }) => {
        opens.push(path);
        return path === LP.path ? never() : Promise.resolve(new ScriptedLink());
      },
    },
  });

  test("opening: five seconds, then it is over, and can be tried again at once", async () => {
    const { clock, hosts, wire, reports } = bench(hangingLp());
    const opening = wire().open();
    clock.jump(4_900);
    expect(first(hosts).ended).toBeNull();
    clock.jump(200);
    await expect(opening).rejects.toMatchObject({ reason: "unreachable" });
    expect(first(hosts).ended).toBe("killed");
    expect(reports).toEqual(['printer host: no answer to "open" within 5000 ms']);
    await wire(OTHER_LP).open();
    expect(hosts).toHaveLength(2);
  });

  test("opening one printer takes no link of another with it", async () => {
    const opens: string[] = [];
    const { clock, hosts, wire } = bench(hangingLp(opens));
    const link = await wire(OTHER_LP).open();
    const opening = wire().open();
    clock.jump(5_000);
    await expect(opening).rejects.toMatchObject({ reason: "unreachable" });
    await link.write(Uint8Array.of(1));
    expect(first(hosts).ended).toBeNull();
    // Asked again while the first try hangs on: it is not begun a second time.
    await expect(wire().open()).rejects.toThrow("still has not answered");
    expect(opens).toEqual([OTHER_LP.path, LP.path]);
  });

  test("a link that opens too late is closed again", async () => {
    const late = Promise.withResolvers<PrinterLink>();
    const { clock, wire } = bench({
      lp: {
        openLink: ({ path }) =>
          path === LP.path ? late.promise : Promise.resolve(new ScriptedLink()),
      },
    });
    await wire(OTHER_LP).open();
    const opening = wire().open();
    clock.jump(5_000);
    await expect(opening).rejects.toMatchObject({ reason: "unreachable" });
    const link = new ScriptedLink();
    const over = closed(link);
    // A round trip: the host has heard that nobody waits any more.
    await wire({ kind: "lp", path: "/dev/usb/lp2" }).open();
    late.resolve(link);
    await over;
  });

  test("a driver that takes its host down costs its own kind only", async () => {
    const { hosts, wire, queue } = bench();
    const link = await wire().open();
    await queue().check();
    expect(hosts).toHaveLength(2);
    hosts[1]?.crash();
    await expect(queue().check()).rejects.toMatchObject({ reason: "unreachable" });
    await link.write(Uint8Array.of(1));
    expect(first(hosts).ended).toBeNull();
  });

  test("starting: it is not waited for", async () => {
    const { clock, hosts, wire } = bench();
    const opening = wire().open();
    first(hosts).hang();
    clock.jump(10_000);
    await expect(opening).rejects.toMatchObject({ reason: "unreachable" });
    expect(first(hosts).ended).toBe("killed");
  });

  test("with a receipt under way: noticed, and the link is over", async () => {
    const { hosts, wire } = bench({ factor: 1_000 });
    const link = await wire().open();
    const over = closed(link);
    first(hosts).hang();
    await over;
    expect(first(hosts).ended).toBe("killed");
  });

  test("a printer that takes nothing for long is no hanging host", async () => {
    const { clock, hosts, links, wire } = bench({ factor: 200 });
    const link = await wire().open();
    first(links).takes = false;
    const writing = link.write(Buffer.from("x"));
    await new Promise<void>((resolve) => clock.setTimer(60_000, resolve));
    expect(first(hosts).ended).toBeNull();
    link.close();
    await expect(writing).rejects.toThrow("closed");
  });
});

describe("a queue through the host", () => {
  test("what is in its way, and what can't be said", async () => {
    const answers: (() => Promise<"queuePaused">)[] = [
      () => Promise.resolve("queuePaused"),
      () => Promise.reject(new PrinterUnreachable("noPrinter", "no queue")),
      () => Promise.reject(new Error("lpstat broke")),
      never,
    ];
    const { clock, hosts, queue } = bench({ cups: { check: () => (answers.shift() ?? never)() } });
    expect(queue()).toMatchObject({ path: "spool", kind: "cups", address: "kitchen" });
    expect(await queue().check()).toBe("queuePaused");
    await expect(queue().check()).rejects.toMatchObject({ reason: "noPrinter" });
    await expect(queue().check()).rejects.toMatchObject({ reason: "unreachable" });
    const checking = queue().check();
    clock.jump(3_000);
    await expect(checking).rejects.toMatchObject({ reason: "unreachable" });
    expect(first(hosts).ended).toBe("killed");
  });

  test("a late check says that this queue is unreachable, and leaves the others' jobs alone", async () => {
    const asked: string[] = [];
    const { clock, hosts, queue } = bench({
      cups: (name) => ({
        check: () => {
          asked.push(name);
          return name === "office" ? never() : Promise.resolve(null);
        },
        submit: () =>
          Promise.resolve({
            status: () => Promise.resolve({ state: "waiting", cause: null }),
            cancel: () => Promise.resolve(false),
          }),
      }),
    });
    const office = queue({ kind: "cups", queue: "office" });
    const job = await queue().submit("小票", Uint8Array.of(1));
    const checking = office.check();
    clock.jump(3_000);
    await expect(checking).rejects.toMatchObject({ reason: "unreachable" });
    expect(first(hosts).ended).toBeNull();
    expect(await job.status()).toEqual({ state: "waiting", cause: null });
    // One call under way for each queue: the hung one is not asked a second time, and takes no second thread.
    await expect(office.check()).rejects.toThrow("still has not answered");
    await expect(office.submit("小票", Uint8Array.of(1))).rejects.toThrow(PrinterUnreachable);
    expect(asked).toEqual(["office"]);
    expect(await queue().check()).toBe(null);
    expect(hosts).toHaveLength(1);
  });

  test("a job: title and bytes go in, status and cancelling come back", async () => {
    const got: unknown[] = [];
    const { queue } = bench({
      cups: {
        submit: (title, bytes) => {
          got.push(title, [...bytes]);
          return Promise.resolve({
            status: () => Promise.resolve({ state: "stopped", cause: "paperOut" }),
            cancel: () => Promise.resolve(true),
          });
        },
      },
    });
    const job = await queue().submit("小票", Uint8Array.of(1, 2));
    expect(got).toEqual(["小票", [1, 2]]);
    expect(await job.status()).toEqual({ state: "stopped", cause: "paperOut" });
    expect(await job.cancel()).toBe(true);
  });

  test("taken none: it says so. Ended in the middle: it does not", async () => {
    const refuse = bench({
      cups: { submit: () => Promise.reject(new PrinterUnreachable("queuePaused", "paused")) },
    });
    await expect(refuse.queue().submit("t", new Uint8Array(1))).rejects.toMatchObject({
      reason: "queuePaused",
    });
    const started = Promise.withResolvers<void>();
    const { hosts, queue } = bench({
      cups: {
        submit: () => {
          started.resolve();
          return never();
        },
      },
    });
    const submitting = queue().submit("t", new Uint8Array(1));
    await started.promise;
    first(hosts).crash();
    const error = await submitting.then(
      () => null,
      (reason: unknown) => reason,
    );
    expect(error).toBeInstanceOf(Error);
    expect(error).not.toBeInstanceOf(PrinterUnreachable);
    // Nothing handed over yet: the host is not there.
    await expect(queue().submit("t", new Uint8Array(1))).rejects.toThrow(PrinterUnreachable);
  });
});

describe("looking for printers", () => {
  const printer = (kind: "lp" | "cups", name: string, hint: FoundPrinter["hint"] = null) =>
    ({
      config: kind === "lp" ? { kind, path: name } : { kind, queue: name },
      name,
      detail: name,
      hint,
    }) satisfies FoundPrinter;
  const driver = (kind: NativePrinterKind, find: () => Promise<FoundPrinter[]>) =>
    [kind, () => Promise.resolve({ kind, find })] as [
      NativePrinterKind,
      () => Promise<NativeDriver>,
    ];

  test("a driver that can't be loaded, fails, or finds nonsense hides no other", async () => {
    const { client, reports, hosts } = bench({
      lp: { find: () => Promise.resolve([printer("lp", "/dev/usb/lp0")]) },
      more: [
        ["usb", () => Promise.reject(new Error("no usb.node"))],
        driver("serial", () => Promise.reject(new Error("no ports"))),
        driver("spooler", () =>
          Promise.resolve([{ name: "?" } as FoundPrinter, printer("cups", "ok")]),
        ),
      ],
    });
    const found = await client.find();
    expect(found.map(({ name }) => name)).toEqual(["/dev/usb/lp0", "ok"]);
    const all = reports.join("\n");
    expect(all).toContain("usb: no driver: no usb.node");
    expect(all).toContain("serial: no ports");
    expect(all).toContain("spooler: found what is no printer");
    // Told once, however often somebody looks.
    await client.find();
    expect(reports).toHaveLength(3);
    await Promise.all(hosts.map(ended));
  });

  test("the best way first, what has something in its way last", async () => {
    const { client } = bench({
      lp: {
        find: () =>
          Promise.resolve([printer("lp", "locked", "noPermission"), printer("lp", "free")]),
      },
      more: [driver("cups", () => Promise.resolve([printer("cups", "queue")]))],
    });
    expect((await client.find()).map(({ name }) => name)).toEqual(["free", "queue", "locked"]);
  });

  test("one that takes its host down hides no other, and no link notices", async () => {
    const crashing: (() => void)[] = [];
    const { client, hosts, wire } = bench({
      lp: { find: () => Promise.resolve([printer("lp", "free")]) },
      more: [
        driver("usb", () => {
          for (const crash of crashing) crash();
          return never();
        }),
        driver("cups", () => Promise.resolve([printer("cups", "queue")])),
      ],
    });
    const link = await wire().open();
    let isClosed = false;
    link.onClose(() => {
      isClosed = true;
    });
    crashing.push(
      () => hosts.at(-1)?.crash(),
      () => hosts.at(1)?.crash(),
    );
    const found = await client.find();
    expect(found.map(({ name }) => name)).toEqual(["free", "queue"]);
    expect(isClosed).toBe(false);
    expect(first(hosts).ended).toBeNull();
  });

  test("two who look at once share it", async () => {
    const { client, hosts } = bench();
    await Promise.all([client.find(), client.find()]);
    expect(hosts).toHaveLength(1);
  });
});

describe("the end", () => {
  test("closes the links in order, then the host ends by itself", async () => {
    const { client, hosts, links, reports, wire } = bench();
    const link = await wire().open();
    const over = Promise.all([closed(link), closed(first(links))]);
    client.close();
    await over;
    await expect(wire().open()).rejects.toMatchObject({ reason: "unreachable" });
    await ended(first(hosts));
    expect(first(hosts).ended).toBe("by itself");
    expect(reports).toEqual([]);
    expect(await client.find()).toEqual([]);
  });

  test("a host that does not is killed", async () => {
    const { client, clock, hosts, wire } = bench();
    await wire().open();
    first(hosts).hang();
    client.close();
    clock.jump(1_000);
    await ended(first(hosts));
    expect(first(hosts).ended).toBe("killed");
  });
});

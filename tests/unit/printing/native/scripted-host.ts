import type { NativeDriver, NativePrinterKind } from "../../../../main/printing/native/driver.ts";
import { servePrinterHost } from "../../../../main/printing/native/host.ts";
import { portToTill } from "../../../../main/printing/native/host-port.ts";
import type { PrinterLink } from "../../../../main/printing/transport.ts";

/** A printer host with drivers that go wrong; to be forked. */

/** A printer that says one byte once somebody has opened `hang`, from within the hanging process. */
let lastWords: () => void = () => {};

const good: PrinterLink = {
  write: () => Promise.resolve(),
  onData: (listener) => {
    lastWords = () => listener(Uint8Array.of(0x16));
  },
  onClose: () => {},
  close: () => {},
};

const drivers: NativeDriver[] = [
  {
    kind: "lp",
    find: () =>
      Promise.resolve([
        { config: { kind: "lp", path: "good" }, name: "good", detail: "good", hint: null },
      ]),
    openLink: ({ path }) => {
      if (path === "good") return Promise.resolve(good);
      lastWords();
      // A driver that waits inside native code: nothing else runs in this process ever again.
      for (;;) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
    },
  } satisfies NativeDriver<"lp"> as NativeDriver,
  {
    kind: "serial",
    find: () => Promise.resolve([]),
    openLink: () => Promise.resolve({ ...good, onData: () => {} }),
  },
  {
    kind: "usb",
    find: () => {
      process.kill(process.pid, "SIGKILL");
      return new Promise(() => {});
    },
    openLink: () => Promise.reject(new Error("segmentation fault would be next")),
  },
];

const port = portToTill(() => process.exit(0));
servePrinterHost(
  port,
  new Map<NativePrinterKind, () => Promise<NativeDriver>>(
    drivers.map((driver) => [driver.kind, () => Promise.resolve(driver)]),
  ),
);

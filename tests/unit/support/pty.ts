import { closeSync, constants, openSync } from "node:fs";
import { ReadStream } from "node:tty";
import koffi from "koffi";
import { onTestFinished } from "vitest";
import type { VirtualPrinter } from "../../../main/printing/virtual-printer/index.ts";

const { O_RDWR, O_NOCTTY } = constants;
/** Larger than struct termios on every Linux. */
const TERMIOS_BYTES = 256;
const TCSANOW = 0;

/** The two ends of a pseudo terminal: a program under test opens `path`, the test is at the other end. */
export interface Pty {
  path: string;
  /** What the program writes, and the way to answer it. Nothing is read until somebody listens. */
  master: ReadStream;
  /** Pulls the cable: whoever has `path` open finds it dead. */
  hangUp: () => void;
}

/** A raw pseudo terminal, gone when the test is over. Linux only. */
export function openPty(): Pty {
  const libc = koffi.load(null);
  const number = (value: unknown, what: string) => {
    if (typeof value !== "number" || value < 0) throw new Error(`${what} failed`);
    return value;
  };
  const masterFd = number(libc.func("int posix_openpt(int)")(O_RDWR | O_NOCTTY), "posix_openpt");
  number(libc.func("int grantpt(int)")(masterFd), "grantpt");
  number(libc.func("int unlockpt(int)")(masterFd), "unlockpt");
  const path: unknown = libc.func("const char *ptsname(int)")(masterFd);
  if (typeof path !== "string") throw new Error("ptsname failed");
  // Held open: without any slave the master reads errors instead of waiting.
  const slaveFd = openSync(path, O_RDWR | O_NOCTTY);
  const termios = Buffer.alloc(TERMIOS_BYTES);
  number(libc.func("int tcgetattr(int, void *)")(slaveFd, termios), "tcgetattr");
  libc.func("void cfmakeraw(void *)")(termios);
  number(libc.func("int tcsetattr(int, int, void *)")(slaveFd, TCSANOW, termios), "tcsetattr");
  const master = new ReadStream(masterFd);
  master.on("error", () => {});
  let isUp = true;
  const hangUp = () => {
    if (!isUp) return;
    isUp = false;
    closeSync(slaveFd);
    master.destroy();
  };
  onTestFinished(hangUp);
  return { path, master, hangUp };
}

/** Plugs a printer into the other end: it takes bytes as fast as it can print, and answers. */
export function plugIn(pty: Pty, device: VirtualPrinter): void {
  const connection = device.connect();
  connection.onData((bytes) => pty.master.write(bytes));
  const passOn = async () => {
    for await (const chunk of pty.master)
      if (chunk instanceof Uint8Array) await connection.write(chunk);
  };
  // Ends with the cable or the printer; what is under test has to notice by itself.
  passOn()
    .catch(() => {})
    .finally(() => connection.close());
}

/** The next `count` bytes that arrive at this end of the cable; it stands still before and after. */
export function readBytes(pty: Pty, count: number): Promise<Buffer> {
  return new Promise((resolve) => {
    const parts: Buffer[] = [];
    const take = (part: Buffer) => {
      parts.push(part);
      const all = Buffer.concat(parts);
      if (all.length < count) return;
      pty.master.off("data", take);
      pty.master.pause();
      resolve(all);
    };
    pty.master.on("data", take);
    pty.master.resume();
  });
}

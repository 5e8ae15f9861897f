import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PRINT_READY_MS, printReadyExpression } from "../print-page.ts";
import { findChromium, quietSwitches } from "./chromium.ts";
import { openDevtoolsPipe, type DevtoolsPipe } from "./devtools-pipe.ts";

const TIMEOUT_MS = 30_000;

/**
 * Prints a page of the till to PDF with an invisible Chromium of its own.
 * Rejects when no Chromium is installed, or when the page is not ready within 30 s.
 */
export async function printToPdf(url: string, chromium = findChromium()): Promise<Uint8Array> {
  if (chromium === null)
    throw new Error("A PDF needs Chromium, Chrome or Edge on this PC, and none was found.");
  const profileDir = await mkdtemp(join(tmpdir(), "slipsure-pdf-"));
  const args = ["--headless=new", "--disable-gpu", "--hide-scrollbars", "--remote-debugging-pipe"];
  const child = spawn(chromium, [...args, ...quietSwitches(profileDir), "about:blank"], {
    stdio: ["ignore", "ignore", "ignore", "pipe", "pipe"],
    // A group of its own: Chromium is many processes, and none may stay behind.
    detached: process.platform !== "win32",
  });
  try {
    return await inTime(printPage(openDevtoolsPipe(child), url));
  } finally {
    await stop(child);
    await rm(profileDir, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  }
}

async function printPage(devtools: DevtoolsPipe, url: string): Promise<Uint8Array> {
  const { targetId } = await devtools.send("Target.createTarget", { url: "about:blank" });
  const attached = await devtools.send("Target.attachToTarget", { targetId, flatten: true });
  const sessionId = String(attached["sessionId"]);
  const { errorText } = await devtools.send("Page.navigate", { url }, sessionId);
  if (typeof errorText === "string") throw new Error(`The page did not open: ${errorText}.`);
  const ready = await devtools.send(
    "Runtime.evaluate",
    { expression: printReadyExpression(PRINT_READY_MS), awaitPromise: true, returnByValue: true },
    sessionId,
  );
  if ((ready["result"] as { value?: unknown } | undefined)?.value !== true)
    throw new Error(`The page was not ready for printing within ${PRINT_READY_MS / 1000} s.`);
  const printed = await devtools.send(
    "Page.printToPDF",
    { printBackground: true, preferCSSPageSize: true },
    sessionId,
  );
  return new Uint8Array(Buffer.from(String(printed["data"]), "base64"));
}

async function inTime<T>(work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(
      () => reject(new Error(`No PDF within ${TIMEOUT_MS / 1000} s.`)),
      TIMEOUT_MS,
    );
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
  const exited = once(child, "exit");
  try {
    if (process.platform === "win32") child.kill("SIGKILL");
    else process.kill(-child.pid, "SIGKILL");
  } catch {
    // It ended between the check and the signal.
  }
  await exited;
}

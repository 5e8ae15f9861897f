import { chmodSync, existsSync, readFileSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { beforeEach, describe, expect, onTestFinished, test } from "vitest";
import { PrinterUnreachable } from "../../../../main/printing/transport.ts";
import { createDriver } from "../../../../main/printing/transports/cups/driver.ts";
import { tempDir } from "../../support/temp-dir.ts";

/** A spooler made of three commands, first in PATH; each says what its file says and keeps what it was told. */
interface Cups {
  dir: string;
  lpstat: (stdout: string, exitCode?: number, stderr?: string) => void;
  lp: (stdout: string, exitCode?: number, stderr?: string) => void;
  /** What lpstat says once a job was cancelled. */
  afterCancel: (stdout: string) => void;
  told: (command: "lp" | "cancel" | "lpstat") => string[];
  stdin: () => Buffer;
}

const SCRIPT = `#!/bin/sh
me=$(basename "$0"); dir=$(dirname "$0")
printf '%s\\n' "$@" > "$dir/$me.args"
printf '%s' "$LC_ALL" > "$dir/$me.locale"
if [ "$me" = lp ]; then cat > "$dir/lp.stdin"; fi
if [ "$me" = cancel ] && [ -f "$dir/after.out" ]; then mv "$dir/after.out" "$dir/lpstat.out"; fi
if [ -f "$dir/$me.err" ]; then cat "$dir/$me.err" >&2; fi
if [ -f "$dir/$me.out" ]; then cat "$dir/$me.out"; fi
if [ -f "$dir/$me.code" ]; then exit "$(cat "$dir/$me.code")"; fi
`;

function fakeCups(): Cups {
  const dir = tempDir();
  for (const command of ["lp", "lpstat", "cancel"]) {
    writeFileSync(join(dir, command), SCRIPT);
    chmodSync(join(dir, command), 0o755);
  }
  withPath(`${dir}${delimiter}${process.env["PATH"] ?? ""}`);
  const says =
    (command: string) =>
    (stdout: string, exitCode = 0, stderr = "") => {
      writeFileSync(join(dir, `${command}.out`), stdout);
      writeFileSync(join(dir, `${command}.code`), String(exitCode));
      writeFileSync(join(dir, `${command}.err`), stderr);
    };
  return {
    dir,
    lpstat: says("lpstat"),
    lp: says("lp"),
    afterCancel: (stdout) => writeFileSync(join(dir, "after.out"), stdout),
    told: (command) =>
      readFileSync(join(dir, `${command}.args`), "utf8")
        .split("\n")
        .slice(0, -1),
    stdin: () => readFileSync(join(dir, "lp.stdin")),
  };
}

function withPath(path: string): void {
  const before = process.env["PATH"];
  process.env["PATH"] = path;
  onTestFinished(() => {
    process.env["PATH"] = before;
  });
}

const SINCE = "Mon Nov 23 09:00:00 2026";
const IDLE = `printer kitchen is idle.  enabled since ${SINCE}`;
const PRINTING_11 = `printer kitchen now printing kitchen-11.  enabled since ${SINCE}`;
const DISABLED = `printer kitchen disabled since ${SINCE} -\n\tPaused`;

/** As `lpstat -l -v -a -p -o` prints one queue and its jobs. */
function lpstatOf(
  state: string,
  more: { alerts?: string; accepts?: string; jobs?: string; device?: string } = {},
): string {
  return [
    `device for kitchen: ${more.device ?? "usb://EPSON/TM-T20II?serial=1"}`,
    more.accepts ?? `kitchen accepting requests since ${SINCE}`,
    state,
    "\tForm mounted:",
    "\tDescription: Kitchen printer",
    `\tAlerts: ${more.alerts ?? "none"}`,
    "\tLocation: ",
    `${more.jobs ?? ""}`,
  ].join("\n");
}

const jobLine = (id: number, alerts = "none") =>
  `kitchen-${id}              till              1024   ${SINCE}\n\tAlerts: ${alerts}\n\tqueued for kitchen\n`;

async function spool(queue = "kitchen") {
  const transport = (await createDriver()).spool?.({ kind: "cups", queue });
  if (!transport) throw new Error("CUPS has queues");
  return transport;
}

let cups: Cups;
beforeEach(() => {
  cups = fakeCups();
  cups.lpstat(lpstatOf(IDLE));
  cups.lp("request id is kitchen-12 (0 file(s))\n");
});

describe("before handing over", () => {
  test("nothing stands in the way", async () => {
    expect(await (await spool()).check()).toBeNull();
    expect(readFileSync(join(cups.dir, "lpstat.locale"), "utf8")).toBe("C");
    expect(existsSync(join(cups.dir, "lp.args"))).toBe(false);
  });

  test.each([
    ["disabled", lpstatOf(DISABLED)],
    [
      "refusing",
      lpstatOf(IDLE, {
        accepts: `kitchen not accepting requests since ${SINCE} -\n\treason unknown`,
      }),
    ],
    ["holding", lpstatOf(`printer kitchen is holding new jobs.  enabled since ${SINCE}`)],
  ])("a queue that is %s is paused", async (_, stdout) => {
    cups.lpstat(stdout);
    expect(await (await spool()).check()).toBe("queuePaused");
  });

  test("what its last job was stopped by says nothing of the next", async () => {
    cups.lpstat(lpstatOf(IDLE, { alerts: "media-empty-warning" }));
    expect(await (await spool()).check()).toBeNull();
  });

  test("a queue that is not there", async () => {
    await expect((await spool("bar")).check()).rejects.toMatchObject({
      name: "PrinterUnreachable",
      reason: "noPrinter",
    });
    cups.lpstat("", 1, "lpstat: No destinations added.\n");
    await expect((await spool()).check()).rejects.toMatchObject({ reason: "noPrinter" });
  });

  test("CUPS does not run, or is not installed", async () => {
    cups.lpstat("", 1, "lpstat: Transport endpoint is not connected\n");
    await expect((await spool()).check()).rejects.toMatchObject({ reason: "unreachable" });
    withPath(tempDir());
    await expect((await spool()).check()).rejects.toMatchObject({ reason: "noPrinter" });
  });
});

describe("handing over", () => {
  test("raw, whole and byte by byte", async () => {
    const bytes = Uint8Array.from({ length: 150_000 }, (_, index) => index & 0xff);
    await (await spool()).submit("小票 12", bytes);
    expect(cups.told("lp")).toEqual(["-d", "kitchen", "-o", "raw", "-t", "小票 12"]);
    expect(Buffer.compare(cups.stdin(), bytes)).toBe(0);
  });

  test("no word of a title or a queue is taken for anything else", async () => {
    const marker = join(cups.dir, "owned");
    const title = `-o media=A4; touch ${marker} $(touch ${marker}) \n\u0000x`;
    await (await spool(`x; touch ${marker}`)).submit(title, new Uint8Array(1));
    expect(existsSync(marker)).toBe(false);
    expect(cups.told("lp")).toEqual([
      "-d",
      `x; touch ${marker}`,
      "-o",
      "raw",
      "-t",
      Array.from(title.replaceAll("\n", " ").replaceAll("\u0000", " "))
        .slice(0, 80)
        .join("")
        .trim(),
    ]);
  });

  test.each([
    [
      "noPrinter",
      "lp: Error - The printer or class does not exist.\n",
      lpstatOf(IDLE).replaceAll("kitchen", "bar"),
    ],
    ["queuePaused", 'lp: Destination "kitchen" is not accepting jobs.\n', lpstatOf(DISABLED)],
    ["unreachable", "lp: Error - scheduler not responding.\n", lpstatOf(IDLE)],
  ])("refused: nothing was taken, %s", async (reason, stderr, stdout) => {
    cups.lpstat(stdout);
    cups.lp("", 1, stderr);
    await expect((await spool()).submit("t", new Uint8Array(1))).rejects.toMatchObject({
      name: "PrinterUnreachable",
      reason,
    });
  });

  test("an answer nobody understands may hide a job", async () => {
    cups.lp("done\n");
    const submitted = (await spool()).submit("t", new Uint8Array(1));
    const error = await submitted.then(
      () => null,
      (reason: unknown) => reason,
    );
    expect(error).toBeInstanceOf(Error);
    expect(error).not.toBeInstanceOf(PrinterUnreachable);
  });
});

describe("a job in the queue", () => {
  const submitted = async () => (await spool()).submit("t", new Uint8Array(1));

  test.each([
    [
      "waits behind another",
      lpstatOf(PRINTING_11, { jobs: jobLine(11) + jobLine(12) }),
      "waiting",
      null,
    ],
    [
      "is being sent",
      lpstatOf(PRINTING_11.replaceAll("11", "12"), { jobs: jobLine(12) }),
      "waiting",
      null,
    ],
    ["has left", lpstatOf(IDLE, { jobs: jobLine(13) }), "gone", null],
    ["has left, and its queue too", "", "gone", null],
    ["queue disabled", lpstatOf(DISABLED, { jobs: jobLine(12) }), "stopped", "queuePaused"],
    [
      "is held",
      lpstatOf(IDLE, { jobs: jobLine(12, "job-hold-until-specified") }),
      "stopped",
      "queuePaused",
    ],
    [
      "no paper",
      lpstatOf(PRINTING_11, { jobs: jobLine(12), alerts: "media-empty-warning" }),
      "stopped",
      "paperOut",
    ],
    [
      "cover open",
      lpstatOf(PRINTING_11, { jobs: jobLine(12), alerts: "connecting-to-device cover-open-error" }),
      "stopped",
      "coverOpen",
    ],
    [
      "switched off",
      lpstatOf(PRINTING_11, { jobs: jobLine(12), alerts: "offline-report" }),
      "stopped",
      "unreachable",
    ],
    ["old alerts", lpstatOf(IDLE, { jobs: jobLine(12), alerts: "media-empty" }), "waiting", null],
  ])("%s", async (_, stdout, state, cause) => {
    const job = await submitted();
    cups.lpstat(stdout);
    expect(await job.status()).toEqual({ state, cause });
  });

  test("is not gone because CUPS does not answer", async () => {
    const job = await submitted();
    cups.lpstat("", 1, "lpstat: Connection refused\n");
    await expect(job.status()).rejects.toThrow("does not answer");
  });

  test.each([
    ["behind the same job all along", lpstatOf(PRINTING_11), lpstatOf(PRINTING_11), true],
    ["queue disabled all along", lpstatOf(DISABLED), lpstatOf(DISABLED), true],
    ["queue was idle: it may have printed at once", lpstatOf(IDLE), lpstatOf(IDLE), false],
    ["disabled only meanwhile", lpstatOf(IDLE), lpstatOf(DISABLED), false],
    [
      "enabled and disabled again meanwhile",
      lpstatOf(DISABLED),
      lpstatOf(DISABLED.replace("09:00", "09:05")),
      false,
    ],
    [
      "another job by now",
      lpstatOf(PRINTING_11),
      lpstatOf(PRINTING_11.replace("-11", "-13")),
      false,
    ],
    [
      "could not be taken out",
      lpstatOf(PRINTING_11),
      lpstatOf(PRINTING_11, { jobs: jobLine(12) }),
      false,
    ],
  ])("cancelled, %s", async (_, before, after, isClean) => {
    cups.lpstat(before);
    const job = await submitted();
    cups.afterCancel(after);
    expect(await job.cancel()).toBe(isClean);
    expect(cups.told("cancel")).toEqual(["12"]);
  });
});

describe("queues to choose from", () => {
  const find = async () => (await createDriver()).find();

  test("with what stands in the way", async () => {
    const queue = (name: string, device: string, state = IDLE) =>
      lpstatOf(state, { device }).replaceAll("kitchen", name);
    cups.lpstat(
      [
        queue("kitchen", "usb://EPSON/TM-T20II"),
        queue("bar", "socket://admin:secret@10.0.0.9:9100", DISABLED),
        queue("PDF", "cups-pdf:/"),
        queue("Print-to-PDF-2", "ipp://x/y"),
        queue("archive", "///var/spool/out"),
        queue("serial", "/dev/ttyS0"),
      ].join("\n"),
    );
    expect((await find()).map(({ config, detail, hint }) => [config, detail, hint])).toEqual([
      [{ kind: "cups", queue: "kitchen" }, "usb://EPSON/TM-T20II", null],
      [{ kind: "cups", queue: "bar" }, "socket://10.0.0.9:9100", "paused"],
      [{ kind: "cups", queue: "PDF" }, "cups-pdf:/", "notAPaperPrinter"],
      [{ kind: "cups", queue: "Print-to-PDF-2" }, "ipp://x/y", "notAPaperPrinter"],
      [{ kind: "cups", queue: "archive" }, "///var/spool/out", "notAPaperPrinter"],
      [{ kind: "cups", queue: "serial" }, "/dev/ttyS0", null],
    ]);
  });

  test("none where CUPS is not", async () => {
    cups.lpstat("", 1, "lpstat: No destinations added.\n");
    expect(await find()).toEqual([]);
    withPath(tempDir());
    expect(await find()).toEqual([]);
  });
});

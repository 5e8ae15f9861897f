import { spawn } from "node:child_process";
import { once } from "node:events";
import { describe, expect, it } from "vitest";

interface Outcome {
  code: number | null;
  last: string;
  printed: string;
}

/** Runs the soak as a person would, in a process of its own. */
async function runSoak(...args: string[]): Promise<Outcome> {
  const main = new URL("./main.ts", import.meta.url).pathname;
  const child = spawn(process.execPath, [main, "--quiet", ...args]);
  let printed = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => (printed += text));
  child.stderr.setEncoding("utf8").on("data", (text: string) => (printed += text));
  const [code] = (await once(child, "close")) as [number | null];
  return { code, printed, last: printed.trimEnd().split("\n").at(-1) ?? "" };
}

const IN_AGREEMENT =
  /^sales=(\d+) settled=\d+ owed=\d+ falsePrinted=0 unmarkedDuplicates=0 lost=0 shared=0$/;

describe("soak", () => {
  it("finds log and paper in agreement over every way to a printer", async () => {
    const { code, last, printed } = await runSoak("--sales", "84", "--seed", "11");
    expect(last, printed).toMatch(IN_AGREEMENT);
    expect(last).toContain("sales=84 ");
    expect(code).toBe(0);
  });

  it("finds log and paper in agreement with two printers on the network", async () => {
    const args = ["--sales", "80", "--seed", "11", "--behaviour", "tcp"];
    const { code, last, printed } = await runSoak(...args);
    expect(last, printed).toMatch(IN_AGREEMENT);
    expect(code).toBe(0);
  });

  it("finds log and paper in agreement with two printers whose proof has no name", async () => {
    const args = ["--sales", "80", "--seed", "5", "--behaviour", "sensor"];
    const { code, last, printed } = await runSoak(...args);
    expect(last, printed).toMatch(IN_AGREEMENT);
    expect(code).toBe(0);
  });

  it.each([
    ["falsePrinted", "tcp", "3", "falsePrinted"],
    ["unmarkedDuplicates", "tcp", "3", "unmarkedDuplicates"],
    ["lost", "tcp", "3", "lost"],
  ])("notices a till that is broken on purpose: %s", async (breakage, behaviour, seed, counted) => {
    const args = ["--sales", "60", "--seed", seed, "--behaviour", behaviour, "--break", breakage];
    const { code, last, printed } = await runSoak(...args);
    expect(last, printed).toMatch(new RegExp(`\\b${counted}=[1-9]`));
    expect(code).toBe(1);
  });

  it("says what it knows when it is asked for something else", async () => {
    const { code, last } = await runSoak("--behaviour", "carrier pigeon");
    expect(last).toContain("--behaviour knows: all, tcp, sensor, usb");
    expect(code).toBe(2);
  });
});

import { request } from "node:http";
import { afterEach, describe, expect, it } from "vitest";
import { serveVirtualPrinterPage } from "../../../main/printing/virtual-printer/index.ts";
import {
  FAULT_KINDS,
  faultSchema,
} from "../../../main/printing/virtual-printer/page/fault-schema.ts";
import { TEXTS } from "../../../main/printing/virtual-printer/page/texts.ts";
import { WIRE_NAMES } from "../../../main/printing/virtual-printer/page/wires.ts";
import { bench, FEED_CUT } from "./bench-printer.ts";
import { readGreyPng } from "./read-png.ts";

const closers: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0)) await close();
});

async function served() {
  const b = bench();
  const page = await serveVirtualPrinterPage(b.printer, { port: 0 });
  closers.push(() => page.close());
  const post = (body: unknown, headers: Record<string, string> = {}) =>
    fetch(`${page.url}do`, {
      method: "POST",
      headers: { "content-type": "application/json", ...headers },
      body: JSON.stringify(body),
    }).then((response) => response.status);
  return { b, page, post };
}

/** `fetch` does not let a caller choose the Host header. */
function getAs(port: number, host: string): Promise<number> {
  return new Promise((resolve, reject) => {
    request({ port, host: "127.0.0.1", path: "/", headers: { host } }, (response) => {
      response.resume();
      resolve(response.statusCode ?? 0);
    })
      .on("error", reject)
      .end();
  });
}

describe("page", () => {
  it("serves the page, its parts and the paper", async () => {
    const { b, page } = await served();
    await b.send(`"one" 0a ${FEED_CUT}`);
    await b.run();
    for (const path of ["", "page.css", "page.js"]) {
      const response = await fetch(page.url + path);
      expect(response.status).toBe(200);
      expect(response.headers.get("content-security-policy")).toContain("default-src 'none'");
    }
    for (const path of ["paper.png", "slips/1.png"]) {
      const response = await fetch(page.url + path);
      expect(readGreyPng(new Uint8Array(await response.arrayBuffer())).width).toBeGreaterThan(600);
    }
    expect((await fetch(`${page.url}slips/99.png`)).status).toBe(404);
    expect((await fetch(`${page.url}../etc/passwd`)).status).toBe(404);
  });

  it("does what the buttons say", async () => {
    const { b, post } = await served();
    expect(await post({ do: "action", action: "openCover" })).toBe(204);
    expect(b.printer.state().cover).toBe("open");
    expect(await post({ do: "setFault", fault: { kind: "slow", factor: 4 } })).toBe(204);
    expect(b.printer.faults.slow).toEqual({ kind: "slow", factor: 4 });
    expect(await post({ do: "clearFault", kind: "slow" })).toBe(204);
    expect(b.printer.faults).toEqual({});
    const lie = { kind: "otherPrinter", delayMs: 50 };
    expect(await post({ do: "setFault", fault: lie })).toBe(204);
    expect(b.printer.faults.otherPrinter).toEqual(lie);
  });

  it("changes the cable, and says which one it is", async () => {
    const { b, page, post } = await served();
    expect(await post({ do: "setWire", wire: "serialNoFlow" })).toBe(204);
    expect(b.printer.wire).toEqual({ kind: "serial", baudRate: 9600, flow: "none" });
    expect(b.printer.state().sessions).toBe(0);
    expect(await post({ do: "setWire", wire: "toString" })).toBe(400);
    const response = await fetch(`${page.url}events`);
    const reader = response.body?.getReader();
    if (reader === undefined) throw new Error("no event stream");
    const first = new TextDecoder().decode((await reader.read()).value);
    expect(first).toContain('"wire":"serialNoFlow"');
    await reader.cancel();
  });

  it("takes a setting for every fault it knows", () => {
    const numbers = { afterMm: 1, afterBytes: 1, offMs: 1, delayMs: 1, factor: 2, bytesPerS: 1000 };
    for (const kind of FAULT_KINDS) {
      const tries = [
        { kind },
        ...Object.entries(numbers).map(([name, value]) => ({ kind, [name]: value })),
      ];
      tries.push({ kind, afterMm: 1, offMs: 1 } as { kind: typeof kind });
      expect(
        tries.some((fault) => faultSchema.safeParse(fault).success),
        kind,
      ).toBe(true);
    }
  });

  it("refuses what it does not understand", async () => {
    const { post, page } = await served();
    expect(await post({ do: "setFault", fault: { kind: "slow", factor: -1 } })).toBe(400);
    expect(await post({ do: "action", action: "constructor" })).toBe(400);
    expect(await post("x".repeat(10_000))).toBe(400);
    expect(
      await post({ do: "action", action: "openCover" }, { "content-type": "text/plain" }),
    ).toBe(400);
    expect((await fetch(page.url, { method: "PUT" })).status).toBe(405);
  });

  it("refuses other hosts and other origins", async () => {
    const { b, page, post } = await served();
    expect(await getAs(page.port, "printer.example")).toBe(403);
    expect(await getAs(page.port, `localhost:${page.port}`)).toBe(200);
    expect(
      await post({ do: "action", action: "openCover" }, { origin: "http://shop.example" }),
    ).toBe(403);
    expect(b.printer.state().cover).toBe("closed");
    expect(
      await post({ do: "action", action: "openCover" }, { origin: page.url.slice(0, -1) }),
    ).toBe(204);
  });

  it("tells open pages about changes", async () => {
    const { b, page } = await served();
    const response = await fetch(`${page.url}events`);
    const reader = response.body?.getReader();
    if (reader === undefined) throw new Error("no event stream");
    const next = async () => new TextDecoder().decode((await reader.read()).value);
    expect(await next()).toContain('"cover":"closed"');
    b.printer.openCover();
    expect(await next()).toContain('"cover":"open"');
    await reader.cancel();
  });

  it("has words for every fault and action in both languages", () => {
    expect(Object.keys(TEXTS.zh.faultTexts).toSorted()).toEqual([...FAULT_KINDS].toSorted());
    expect(Object.keys(TEXTS.en.values)).toEqual(Object.keys(TEXTS.zh.values));
    expect(Object.keys(TEXTS.zh.wireNames)).toEqual([...WIRE_NAMES]);
    expect(JSON.stringify(TEXTS.en).replace(TEXTS.en.language, "")).not.toMatch(/\p{Script=Han}/u);
  });
});

import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { printToPdf } from "../../../main/shells/browser/pdf.ts";
import { serveTill, type BrowserShell } from "../../../main/shells/browser/server.ts";
import type { Till } from "../../../main/till.ts";

const till: Till = {
  dispatch: async () => ({ ok: true, value: {} }),
  listen: () => () => undefined,
  latest: () => null,
  close: async () => undefined,
};

let dir: string;
let shell: BrowserShell;

beforeEach(async () => {
  dir = mkdtempSync(join(tmpdir(), "slipsure-pdf-test-"));
  mkdirSync(join(dir, "assets"));
  writeFileSync(join(dir, "index.html"), '<body><script src="./assets/page.js"></script></body>');
  // An open feed, as the real page has one: printing must not wait for it to end.
  writeFileSync(
    join(dir, "assets", "page.js"),
    `new EventSource("/feed");
     fetch("/call/day.report", { method: "POST", headers: { "content-type": "application/json" }, body: "{}" })
       .then(() => {
         document.body.style.breakAfter = "page";
         document.body.textContent = location.hash;
         const pages = Number(location.hash.split("/").pop());
         for (let page = 1; page < pages; page += 1) {
           const next = document.createElement("p");
           next.style.breakBefore = "page";
           next.textContent = "page";
           document.body.append(next);
         }
         document.body.setAttribute("data-print-ready", "");
       });`,
  );
  shell = await serveTill({ till, pageDir: dir, port: 0, report: () => "0" });
});

afterEach(async () => {
  await shell.close();
  rmSync(dir, { recursive: true });
});

function leftovers(): string[] {
  return readdirSync(tmpdir()).filter((name) => /^slipsure-pdf-[^t]/.test(name));
}

test("a page is printed once it says it is ready, and nothing stays behind", async () => {
  const before = leftovers();
  const pdf = await printToPdf(shell.openingUrl({ route: "/print/day/3", lifeMs: 60_000 }));
  const text = Buffer.from(pdf).toString("latin1");
  expect(text.startsWith("%PDF-")).toBe(true);
  expect(text.match(/\/Type \/Page\b/g)).toHaveLength(3);
  expect(leftovers()).toEqual(before);
});

test("without a browser there is a sentence instead of a PDF", async () => {
  await expect(printToPdf(shell.openingUrl(), null)).rejects.toThrow(
    /needs Chromium, Chrome or Edge/,
  );
});

test("a browser that ends at once is an error, not a wait", async () => {
  await expect(printToPdf(shell.openingUrl(), "/bin/false")).rejects.toThrow(/browser ended/);
});

test("a page that does not open is an error with the browser's reason", async () => {
  const url = shell.openingUrl();
  await shell.close();
  await expect(printToPdf(url)).rejects.toThrow(/ERR_CONNECTION_REFUSED/);
});

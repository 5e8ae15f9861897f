import type { Page } from "@playwright/test";
import type { Product } from "../../../main/contract/values.ts";
import { readReceipts, type ReceiptOnPaper } from "../../soak/paper-reader.ts";
import { expect } from "./till.ts";
import type { World } from "./world.ts";

/** Milliseconds between two characters of a handheld scanner. */
const SCANNER_PACE_MS = 8;

/**
 * What a handheld scanner does: a burst of keys, then Enter. Each key carries the time it was pressed,
 * so the pace is a scanner's however busy the machine that runs the tests is.
 */
export async function scan(page: Page, code: string): Promise<void> {
  const cdp = await page.context().newCDPSession(page);
  let atMs = Date.now();
  const sent: Promise<unknown>[] = [];
  const press = (key: string, keyCode: string, text: string, windowsVirtualKeyCode: number) => {
    const shape = { key, code: keyCode, windowsVirtualKeyCode, timestamp: atMs / 1000 };
    sent.push(cdp.send("Input.dispatchKeyEvent", { type: "keyDown", ...shape, text }));
    sent.push(cdp.send("Input.dispatchKeyEvent", { type: "keyUp", ...shape }));
    atMs += SCANNER_PACE_MS;
  };
  for (const character of code) {
    const isDigit = /\d/.test(character);
    const keyCode = `${isDigit ? "Digit" : "Key"}${character.toUpperCase()}`;
    press(character, keyCode, character, character.toUpperCase().charCodeAt(0));
  }
  press("Enter", "Enter", "\r", 13);
  await Promise.all(sent);
  await cdp.detach();
}

/** The first product found for a query; the sample catalogue knows it. */
export async function productFor(world: World, query: string): Promise<Product> {
  const { products } = await world.ask("catalogue.search", { query, limit: 1 });
  const [product] = products;
  if (!product) throw new Error(`the sample catalogue has no ${query}`);
  return product;
}

/** The strip of paper that hangs from the slot: the basket. */
export function strip(page: Page) {
  return page.getByRole("region", { name: /^(小票|Receipt)$/ });
}

export function reminder(page: Page) {
  return page.getByRole("alertdialog");
}

/** Scans one product and takes exact cash; returns the number of the sale. */
export async function sellOne(page: Page, world: World, query = "nfsq"): Promise<number> {
  // A shop just set up: before its page has changed nobody hears a scanner.
  await expect(page.locator("nav").first()).toBeVisible();
  const product = await productFor(world, query);
  const before = (await world.ask("status.get", {})).newestSaleId;
  await scan(page, product.code);
  // The strip may still show the same product of the sale before.
  await expect.poll(async () => (await world.ask("basket.get", {})).basket.lines.length).toBe(1);
  await page.keyboard.press("F12");
  await expect.poll(async () => (await world.ask("status.get", {})).newestSaleId).toBe(before + 1);
  return before + 1;
}

/** What the till says about one receipt. */
export async function believed(world: World, saleId: number) {
  const { head, trail, status } = await world.ask("history.sale", { saleId });
  return { state: head.state, proof: head.proof, cause: head.cause, trail, status };
}

/** Waits until the till says this of the receipt. */
export async function expectState(world: World, saleId: number, state: string, timeout = 30_000) {
  // The sale itself may still be on its way to the books.
  const now = async () => {
    const reply = await world.call("history.sale", { saleId });
    return reply.ok ? reply.value.head.state : reply.refusal.code;
  };
  await expect.poll(now, { timeout }).toBe(state);
}

/** What somebody sees who picks the papers of one sale up, at the first printer or another one. */
export function papersOf(
  world: World,
  saleId: number,
  printer: World["printer"] = world.printer,
): ReceiptOnPaper[] {
  return readReceipts(printer.paper.slips()).filter((paper) => paper.saleId === saleId);
}

/** The last two digits of the amount, as every exit but printing asks for. */
export async function twoDigits(world: World, saleId: number): Promise<string> {
  const { head } = await world.ask("history.sale", { saleId });
  return String(head.totalMinor).padStart(2, "0").slice(-2);
}

/** Says through the reminder what was seen or decided: digits, first reason, send. */
export async function takeExit(
  page: Page,
  world: World,
  saleId: number,
  exit: { open: RegExp; send: RegExp; paperNo?: string; pin?: string },
): Promise<void> {
  const dialog = reminder(page);
  await dialog.getByRole("button", { name: exit.open }).click();
  await dialog.getByLabel(/最后两位数字/).fill(await twoDigits(world, saleId));
  if (exit.paperNo !== undefined) await dialog.getByLabel("手写小票号码").fill(exit.paperNo);
  if (exit.pin !== undefined) await dialog.getByLabel("店长密码").fill(exit.pin);
  await dialog.getByRole("radio").first().click({ force: true });
  await dialog.getByRole("button", { name: exit.send }).click();
}

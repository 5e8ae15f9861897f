import {
  believed,
  expectState,
  papersOf,
  productFor,
  reminder,
  scan,
  sellOne,
  strip,
  takeExit,
  twoDigits,
} from "./support/counter.ts";
import { MANAGER_PIN } from "./support/shop.ts";
import { expect, test } from "./support/till.ts";

/** A receipt that is owed holds the next sale, whatever happens, until a printer or a person settles it. */
test.use({ clockFactor: 2 });

test.beforeEach(async ({ page, world }) => {
  await world.setUp();
  await expect(strip(page)).toBeVisible();
  await expect.poll(async () => (await world.ask("status.get", {})).printer.state).toBe("ready");
  world.printer.setFault({ kind: "paperOut", afterMm: 0 });
});

test("the till itself refuses the next sale, not only the window", async ({ page, world }) => {
  const saleId = await sellOne(page, world);
  await expectState(world, saleId, "failed");
  const { code, nameZh, nameEn, unit, priceMinor } = await productFor(world, "kkkl");
  const line = { code, nameZh, nameEn, unit, priceMinor, quantityMilli: 1000, discountMinor: 0 };
  const reply = await world.call("sale.complete", {
    requestId: crypto.randomUUID(),
    basket: { lines: [{ ...line, taxRateBp: null }], discountMinor: 0 },
    tenders: [{ method: "cash", amountMinor: priceMinor, reference: null }],
    expectedTotalMinor: priceMinor,
  });
  expect(reply).toMatchObject({
    ok: false,
    refusal: { code: "RECEIPT_OWED", details: { saleId } },
  });
});

test("says number, amount, cause and fix; nothing is pressed by Enter, Space or Escape", async ({
  page,
  world,
}) => {
  const saleId = await sellOne(page, world);
  const dialog = reminder(page);
  await expect(dialog).toHaveAttribute("data-state", "failed");
  await expect(dialog).toContainText(String(saleId));
  await expect(dialog).toContainText("缺纸");
  await expect(dialog).toContainText("这笔销售已保存");
  for (const key of ["Enter", "Space", "Escape", "NumpadEnter", "F12"])
    await page.keyboard.press(key);
  await expect(dialog).toHaveAttribute("data-state", "failed");
  expect((await believed(world, saleId)).state).toBe("failed");
});

test("survives reload, crash, restart and change of cashier", async ({ page, world }) => {
  const saleId = await sellOne(page, world);
  await expect(reminder(page)).toBeVisible();
  await page.reload();
  await expect(reminder(page)).toContainText(String(saleId));
  await world.kill9();
  await world.restart();
  await expect(reminder(world.page)).toContainText(String(saleId));
  await world.restart();
  await expect(reminder(world.page)).toContainText(String(saleId));
  await world.ask("session.signIn", { cashier: "Han Mei" });
  await expect(reminder(world.page)).toContainText(String(saleId));
  expect((await believed(world, saleId)).state).toBe("failed");
});

test("one key prints again; never printed before, so it is the original", async ({
  page,
  world,
}) => {
  const saleId = await sellOne(page, world);
  await expect(reminder(page)).toHaveAttribute("data-state", "failed");
  await page.keyboard.press("F9");
  await expect
    .poll(
      async () =>
        (await believed(world, saleId)).trail.filter((t) => t.type === "attemptFailed").length,
    )
    .toBe(2);
  world.printer.loadPaper();
  await expectState(world, saleId, "printed");
  expect(papersOf(world, saleId)).toMatchObject([{ marked: false, whole: true }]);
});

test("customer declined: needs the two digits and a reason, and names the cashier", async ({
  page,
  world,
}) => {
  const saleId = await sellOne(page, world);
  const dialog = reminder(page);
  await dialog.getByRole("button", { name: /顾客不要/ }).click();
  const send = dialog.getByRole("button", { name: "记下：顾客不要" });
  await expect(send).toBeDisabled();
  const digits = await twoDigits(world, saleId);
  await dialog.getByLabel(/最后两位数字/).fill(digits === "99" ? "98" : "99");
  await dialog.getByLabel("或者自己写").fill("赶火车");
  await send.click();
  await expect(dialog.getByRole("alert")).toBeVisible();
  expect((await believed(world, saleId)).state).toBe("failed");
  await dialog.getByLabel(/最后两位数字/).fill(digits);
  await send.click();
  await expectState(world, saleId, "declined");
  await expect(dialog).toBeHidden();
  expect((await believed(world, saleId)).status).toMatchObject({
    settledBy: "李雷",
    reason: "赶火车",
  });
});

test("handwritten: keeps the number of the paper book", async ({ page, world }) => {
  const saleId = await sellOne(page, world);
  await takeExit(page, world, saleId, {
    open: /已经手写一张/,
    send: /记下手写号码/,
    paperNo: "A-0071",
  });
  await expectState(world, saleId, "handwritten");
  const { trail } = await believed(world, saleId);
  expect(trail.at(-1)).toMatchObject({ type: "settled", how: "handwritten", paperNo: "A-0071" });
});

test("deferred twice, then only with the manager's PIN; it stays on the rail", async ({
  page,
  world,
}) => {
  const saleId = await sellOne(page, world);
  const defer = { open: /缓 3 分钟/, send: /^缓 3 分钟/ };
  for (const times of [1, 2]) {
    await takeExit(page, world, saleId, defer);
    await expect.poll(async () => (await believed(world, saleId)).status.deferrals).toBe(times);
    await expect(reminder(page)).toBeHidden();
    const ticket = page.getByRole("button", { name: new RegExp(`小票 ${saleId}`) });
    await expect(ticket).toBeVisible();
    await ticket.click();
    await expect(reminder(page)).toBeVisible();
  }
  await takeExit(page, world, saleId, { ...defer, pin: "0000" });
  await expect(reminder(page).getByRole("alert")).toBeVisible();
  expect((await believed(world, saleId)).status.deferrals).toBe(2);
  await reminder(page).getByLabel("店长密码").fill(MANAGER_PIN);
  await reminder(page).getByRole("button", { name: defer.send }).click();
  await expect.poll(async () => (await believed(world, saleId)).status.deferrals).toBe(3);
  // Deferred does not mean forgotten: the next sale goes through, this one still hangs there.
  world.printer.loadPaper();
  await expectState(world, saleId, "printed");
  // Minutes old, its customer is still at the counter: it is no late one for the claim tray.
  const { tray } = await world.ask("status.get", {});
  expect(tray).toEqual([]);
});

test("selling stops at completing, not in the middle of scanning", async ({ page, world }) => {
  const saleId = await sellOne(page, world);
  await takeExit(page, world, saleId, { open: /缓 3 分钟/, send: /^缓 3 分钟/ });
  await expect(reminder(page)).toBeHidden();
  const product = await productFor(world, "kkkl");
  await scan(page, product.code);
  await expect(strip(page)).toContainText(product.nameZh.slice(0, 4));
  await expect(reminder(page)).toBeHidden();
});

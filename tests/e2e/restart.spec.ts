import {
  believed,
  expectState,
  papersOf,
  productFor,
  reminder,
  scan,
  sellOne,
  strip,
} from "./support/counter.ts";
import { expect, test } from "./support/till.ts";

/** At any moment the power may go. Nothing is lost, and nothing is printed twice without a mark. */
test.use({ clockFactor: 4, printer: { widthMm: 80, speedMmPerS: 100 } });

test.beforeEach(async ({ page, world }) => {
  await world.setUp();
  await expect(strip(page)).toBeVisible();
  await expect.poll(async () => (await world.ask("status.get", {})).printer.state).toBe("ready");
});

test("killed with a basket: the basket is there again", async ({ page, world }) => {
  const product = await productFor(world, "nfsq");
  await scan(page, product.code);
  await expect.poll(async () => (await world.ask("basket.get", {})).basket.lines.length).toBe(1);
  await world.kill9();
  await world.restart();
  await expect(strip(world.page)).toContainText(product.nameZh.slice(0, 4));
  expect((await world.ask("status.get", {})).newestSaleId).toBe(0);
});

test("killed in the middle of a paper: asked, never printed again by itself", async ({
  page,
  world,
}) => {
  const started = new Promise<void>((resolve) => {
    const stop = world.printer.on((event) => {
      if (event.kind !== "line") return;
      stop();
      resolve();
    });
  });
  const selling = sellOne(page, world);
  await started;
  await world.kill9();
  await selling.catch(() => undefined);
  await world.restart();
  await expect(reminder(world.page)).toHaveAttribute("data-state", "unknown");
  expect(await believed(world, 1)).toMatchObject({ state: "unknown", cause: "appCrash" });
  // The printer goes on without the till: what it had is on paper once, and only once.
  await expect.poll(() => papersOf(world, 1).map(({ whole }) => whole)).toEqual([true]);
  await reminder(world.page)
    .getByRole("button", { name: /没有，再打一张/ })
    .click();
  await expectState(world, 1, "printed");
  expect(papersOf(world, 1).map(({ marked }) => marked)).toEqual([false, true]);
});

test("killed while the printer is out of paper: still owed, printed once there is paper", async ({
  page,
  world,
}) => {
  world.printer.setFault({ kind: "paperOut", afterMm: 0 });
  const saleId = await sellOne(page, world);
  await expectState(world, saleId, "failed");
  await world.kill9();
  await world.restart();
  await expect(reminder(world.page)).toContainText(String(saleId));
  world.printer.loadPaper();
  await expectState(world, saleId, "printed");
  expect(papersOf(world, saleId)).toMatchObject([{ whole: true, marked: false }]);
});

test("killed right after the sale, again and again: every sale is there, no paper twice", async ({
  page,
  world,
}) => {
  for (const round of [1, 2, 3]) {
    const saleId = await sellOne(world.page, world);
    expect(saleId).toBe(round);
    await world.kill9();
    await world.restart();
    await expect.poll(async () => (await believed(world, saleId)).state).toMatch(/printed|unknown/);
    if ((await believed(world, saleId)).state === "unknown") {
      await expect.poll(() => world.printer.state().printing).toBe(false);
      const seen = papersOf(world, saleId).some(({ whole }) => whole);
      const digits = String((await world.ask("history.sale", { saleId })).head.totalMinor).slice(
        -2,
      );
      if (seen)
        await world.ask("receipt.seen", {
          requestId: crypto.randomUUID(),
          saleId,
          digits,
          reason: "在手上",
        });
      else
        await world.ask("receipt.print", { requestId: crypto.randomUUID(), saleId, seen: "half" });
    }
    await expectState(world, saleId, "printed");
    expect(papersOf(world, saleId).filter(({ marked }) => !marked).length).toBeLessThanOrEqual(1);
    expect(papersOf(world, saleId).some(({ whole }) => whole)).toBe(true);
    await expect(reminder(world.page)).toBeHidden();
  }
  expect(page.isClosed()).toBe(false);
  expect((await world.ask("status.get", {})).newestSaleId).toBe(3);
});

test("a second till on the same books is refused in words, the first goes on", async ({
  page,
  world,
}) => {
  const { startBrowserTill } = await import("./support/browser-till.ts");
  await expect(startBrowserTill(["--data", world.dataDir])).rejects.toThrow(/already open|已经/);
  const saleId = await sellOne(page, world);
  await expectState(world, saleId, "printed");
});

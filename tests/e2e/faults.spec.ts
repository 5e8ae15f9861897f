import type { Fault } from "../../main/printing/virtual-printer/index.ts";
import {
  believed,
  expectState,
  papersOf,
  reminder,
  scan,
  sellOne,
  strip,
  productFor,
  takeExit,
} from "./support/counter.ts";
import { expect, test } from "./support/till.ts";

/** For every fault the virtual printer knows: what the till believes equals what is on the paper. */
test.use({ clockFactor: 2, printer: { widthMm: 80, speedMmPerS: 120 } });

test.beforeEach(async ({ page, world }) => {
  await world.setUp();
  await expect(strip(page)).toBeVisible();
  // The till has heard this printer, so silence means something from here on.
  await expect.poll(async () => (await world.ask("status.get", {})).printer.state).toBe("ready");
});

const stops: { name: string; fault: Fault; cause: string; fix: "loadPaper" | "closeCover" }[] = [
  {
    name: "paper out",
    fault: { kind: "paperOut", afterMm: 30 },
    cause: "paperOut",
    fix: "loadPaper",
  },
  {
    name: "cover open",
    fault: { kind: "coverOpen", afterMm: 30 },
    cause: "coverOpen",
    fix: "closeCover",
  },
];
for (const { name, fault, cause, fix } of stops)
  test(`${name} in the middle: stuck, then goes on by itself`, async ({ page, world }) => {
    world.printer.setFault(fault);
    const saleId = await sellOne(page, world);
    await expect(reminder(page)).toHaveAttribute("data-state", "blocked");
    expect(await believed(world, saleId)).toMatchObject({ state: "blocked", cause });
    expect(papersOf(world, saleId).filter((paper) => paper.whole)).toHaveLength(0);
    world.printer[fix]();
    await expectState(world, saleId, "printed");
    await expect(reminder(page)).toBeHidden();
    expect(await believed(world, saleId)).toMatchObject({ proof: "device" });
    expect(papersOf(world, saleId)).toMatchObject([{ whole: true, marked: false }]);
  });

test("no paper before the sale: nothing is sent, and it prints once there is", async ({
  page,
  world,
}) => {
  world.printer.setFault({ kind: "paperOut", afterMm: 0 });
  const saleId = await sellOne(page, world);
  await expect(reminder(page)).toHaveAttribute("data-state", "failed");
  expect(await believed(world, saleId)).toMatchObject({ cause: "paperOut" });
  world.printer.loadPaper();
  await expectState(world, saleId, "printed");
  expect(papersOf(world, saleId)).toMatchObject([{ whole: true, marked: false }]);
});

test("cutter jam: the receipt is proven, the next one waits for the cutter", async ({
  page,
  world,
}) => {
  world.printer.setFault({ kind: "cutterJam" });
  const first = await sellOne(page, world);
  await expectState(world, first, "printed");
  // Said of the cut, which comes after the proof.
  await expect
    .poll(async () => (await believed(world, first)).trail.map(({ type }) => type))
    .toContain("notCut");
  const second = await sellOne(page, world);
  await expectState(world, second, "failed");
  expect(await believed(world, second)).toMatchObject({ cause: "cutterJam" });
  world.printer.clearCutter();
  await expectState(world, second, "printed");
  expect(papersOf(world, second)).toMatchObject([{ whole: true, marked: false }]);
});

test("power off before the sale: nothing is sent, and it prints when power is back", async ({
  page,
  world,
}) => {
  world.printer.powerOff();
  const saleId = await sellOne(page, world);
  await expect(reminder(page)).toHaveAttribute("data-state", "failed");
  expect(await believed(world, saleId)).toMatchObject({ cause: "unreachable" });
  world.printer.powerOn();
  await expectState(world, saleId, "printed");
  expect(papersOf(world, saleId)).toMatchObject([{ whole: true, marked: false }]);
});

test("refused connection: nothing is sent, and it prints when the printer takes us again", async ({
  page,
  world,
}) => {
  world.printer.setFault({ kind: "refuse" });
  world.printer.powerCycle(10);
  const saleId = await sellOne(page, world);
  await expectState(world, saleId, "failed");
  world.printer.clearFault("refuse");
  await expectState(world, saleId, "printed");
  expect(papersOf(world, saleId)).toMatchObject([{ whole: true, marked: false }]);
});

const torn: { name: string; fault: Fault; cause: string }[] = [
  {
    name: "power cut in the middle",
    fault: { kind: "powerCycle", afterMm: 35, offMs: 800 },
    cause: "connectionLost",
  },
  {
    name: "connection reset in the middle",
    fault: { kind: "reset", afterBytes: 260 },
    cause: "connectionLost",
  },
  {
    name: "half a print, then silence about it",
    fault: { kind: "halfPrint", afterMm: 35 },
    // Its very first receipt: nothing has ever come back from behind one.
    cause: "noBackChannel",
  },
];
for (const { name, fault, cause } of torn)
  test(`${name}: the till asks, and the torn slip is replaced`, async ({ page, world }) => {
    world.printer.setFault(fault);
    const saleId = await sellOne(page, world);
    await expect(reminder(page)).toHaveAttribute("data-state", "unknown", { timeout: 30_000 });
    expect(await believed(world, saleId)).toMatchObject({ cause });
    expect(papersOf(world, saleId)).toMatchObject([{ whole: false, marked: false }]);
    await expect.poll(() => world.printer.state().power).toBe("on");
    await reminder(page).getByRole("button", { name: "只出来一半" }).click();
    await expect
      .poll(async () => (await believed(world, saleId)).state, { timeout: 30_000 })
      .toMatch(/printed|failed/);
    await expectState(world, saleId, "printed");
    const papers = papersOf(world, saleId);
    expect(papers).toMatchObject([{ whole: false }, { whole: true, marked: true }]);
    expect(world.printer.paper.slips().at(-1)?.text()).toContain("替换残票 REPLACES DAMAGED SLIP");
  });

test("silence: the till does not guess, a person looks and says", async ({ page, world }) => {
  world.printer.setFault({ kind: "silence" });
  const saleId = await sellOne(page, world);
  await expect(reminder(page)).toHaveAttribute("data-state", "failed", { timeout: 30_000 });
  expect(await believed(world, saleId)).toMatchObject({ cause: "noAnswer" });
  expect(papersOf(world, saleId)).toHaveLength(0);
  // The cashier prints although nothing answers, and is asked what came out.
  await page.keyboard.press("F9");
  await expectState(world, saleId, "unknown");
  expect(papersOf(world, saleId)).toMatchObject([{ whole: true, marked: false }]);
  await takeExit(page, world, saleId, { open: /在，完整的/, send: /确认看到了/ });
  await expectState(world, saleId, "printed");
  expect(await believed(world, saleId)).toMatchObject({ proof: "person" });
});

test("deaf: takes everything, does nothing; prints when it hears again", async ({
  page,
  world,
}) => {
  world.printer.setFault({ kind: "deaf" });
  const saleId = await sellOne(page, world);
  await expectState(world, saleId, "failed");
  world.printer.clearFault("deaf");
  await expectState(world, saleId, "printed");
  expect(papersOf(world, saleId)).toMatchObject([{ whole: true, marked: false }]);
});

test("late id: asked first, then the proof settles it by itself", async ({ page, world }) => {
  world.printer.setFault({ kind: "lateId", delayMs: 9_000 });
  const saleId = await sellOne(page, world);
  await expect(reminder(page)).toHaveAttribute("data-state", "unknown", { timeout: 30_000 });
  await expectState(world, saleId, "printed");
  await expect(reminder(page)).toBeHidden();
  expect(await believed(world, saleId)).toMatchObject({ proof: "device" });
  expect(papersOf(world, saleId)).toMatchObject([{ whole: true, marked: false }]);
});

test("foreign id: proves nothing, a person is asked", async ({ page, world }) => {
  world.printer.setFault({ kind: "foreignId" });
  const saleId = await sellOne(page, world);
  await expect(reminder(page)).toHaveAttribute("data-state", "unknown", { timeout: 30_000 });
  expect(papersOf(world, saleId)).toMatchObject([{ whole: true }]);
  await takeExit(page, world, saleId, { open: /在，完整的/, send: /确认看到了/ });
  await expectState(world, saleId, "printed");
  expect(await believed(world, saleId)).toMatchObject({ proof: "person" });
});

test("lying OK: an answer sooner than paper can move is not believed", async ({ page, world }) => {
  world.printer.setFault({ kind: "lyingOk" });
  world.printer.openCover();
  const saleId = await sellOne(page, world);
  await expect(reminder(page)).toHaveAttribute("data-state", "unknown");
  expect(await believed(world, saleId)).toMatchObject({ cause: "doubtfulProof", proof: null });
  expect(papersOf(world, saleId)).toHaveLength(0);
  world.printer.clearFault("lyingOk");
  world.printer.closeCover();
  await expect.poll(() => papersOf(world, saleId).map(({ whole }) => whole)).toEqual([true]);
  await takeExit(page, world, saleId, { open: /在，完整的/, send: /确认看到了/ });
  await expectState(world, saleId, "printed");
});

test("slow: waited for, nothing is asked", async ({ page, world }) => {
  world.printer.setFault({ kind: "slow", factor: 3 });
  const saleId = await sellOne(page, world);
  await expectState(world, saleId, "printed");
  expect((await believed(world, saleId)).trail.map(({ type }) => type)).toEqual([
    "opened",
    "attemptStarted",
    "attemptPrinted",
  ]);
  expect(papersOf(world, saleId)).toMatchObject([{ whole: true, marked: false }]);
});

test("no ids: asked, until the printer has qualified for GS r 1", async ({ page, world }) => {
  world.printer.setFault({ kind: "noIds" });
  const saleId = await sellOne(page, world);
  await expectState(world, saleId, "unknown");
  await takeExit(page, world, saleId, { open: /在，完整的/, send: /确认看到了/ });
  await expectState(world, saleId, "printed");

  const found = await world.ask("printer.test", { requestId: crypto.randomUUID() });
  expect(found).toMatchObject({ answers: true, fence: "paperStatus" });
  world.printer.openCover();
  const test = await world.ask("printer.coverTest", { requestId: crypto.randomUUID() });
  expect(test.qualified).toBe(true);
  world.printer.closeCover();
  await expect.poll(() => world.printer.state().bufferUsed).toBe(0);
  await expect(reminder(page)).toBeHidden();
  const next = await sellOne(page, world);
  await expectState(world, next, "printed");
  expect((await believed(world, next)).trail.at(-1)).toMatchObject({ grade: "B" });
  expect(papersOf(world, next)).toMatchObject([{ whole: true, marked: false }]);
});

test("status always OK: an open lid is still not called printed", async ({ page, world }) => {
  world.printer.setFault({ kind: "statusAlwaysOk" });
  world.printer.openCover();
  const saleId = await sellOne(page, world);
  await expect
    .poll(async () => (await believed(world, saleId)).state, { timeout: 30_000 })
    .toMatch(/blocked|unknown/);
  expect(papersOf(world, saleId)).toHaveLength(0);
  world.printer.closeCover();
  await expectState(world, saleId, "printed");
  expect(papersOf(world, saleId)).toMatchObject([{ whole: true, marked: false }]);
});

test("a scan while the reminder is up presses nothing and is kept", async ({ page, world }) => {
  world.printer.setFault({ kind: "paperOut", afterMm: 0 });
  const saleId = await sellOne(page, world);
  await expect(reminder(page)).toBeVisible();
  const product = await productFor(world, "kkkl");
  await scan(page, product.code);
  await expect(reminder(page)).toContainText("已扫 1 件");
  await expect(reminder(page)).toHaveAttribute("data-state", "failed");
  world.printer.loadPaper();
  await expectState(world, saleId, "printed");
  await expect(strip(page)).toContainText(product.nameZh.slice(0, 4));
});

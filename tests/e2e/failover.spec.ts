import type { Page } from "@playwright/test";
import { audit, fits } from "./support/audit.ts";
import {
  believed,
  expectState,
  papersOf,
  reminder,
  scan,
  sellOne,
  productFor,
  strip,
} from "./support/counter.ts";
import { goTo } from "./support/screen.ts";
import { MANAGER_PIN } from "./support/shop.ts";
import { expect, test as base } from "./support/till.ts";
import type { PrinterOnTcp, World } from "./support/world.ts";

/** A second printer takes over by one key, when a person says so, and never by itself. */
const test = base.extend<{ backup: PrinterOnTcp }>({
  backup: async ({ world }, use) => use(await world.anotherPrinter()),
});
test.use({ clockFactor: 2, printer: { widthMm: 80, speedMmPerS: 120 } });

test.beforeEach(async ({ page, world, backup }) => {
  await world.setUp({ backupPrinter: backup.address });
  await expect(strip(page)).toBeVisible();
  await expectPrinters(world, "ready", "ready");
});

async function expectPrinters(world: World, receipt: string, backup: string) {
  const now = async () => {
    const { printer, backupPrinter } = await world.ask("status.get", {});
    return [printer.state, backupPrinter?.state];
  };
  await expect.poll(now).toEqual([receipt, backup]);
}

const onBackup = (page: Page) => reminder(page).getByRole("button", { name: /用备用打印机打/ });
const address = ({ address: { host, port } }: PrinterOnTcp) => `${host}:${port}`;

test("failed before any byte: F10 prints the original on the backup, once", async ({
  page,
  world,
  backup,
}) => {
  world.printer.setFault({ kind: "paperOut", afterMm: 0 });
  const saleId = await sellOne(page, world);
  await expect(reminder(page)).toHaveAttribute("data-state", "failed");
  await expect(onBackup(page)).toContainText(address(backup));
  await expect(reminder(page)).toContainText("打出来的仍是原始小票");
  // Nobody has agreed yet: there it lies, whatever the backup could do.
  expect((await believed(world, saleId)).state).toBe("failed");
  expect(papersOf(world, saleId, backup.printer)).toHaveLength(0);
  await page.keyboard.press("F10");
  await expectState(world, saleId, "printed");
  await expect(reminder(page)).toBeHidden();
  expect(papersOf(world, saleId, backup.printer)).toMatchObject([{ whole: true, marked: false }]);
  expect(await believed(world, saleId)).toMatchObject({ proof: "device" });
  // The first printer is well again and has nothing left to do.
  world.printer.loadPaper();
  await expectPrinters(world, "ready", "ready");
  expect(papersOf(world, saleId)).toHaveLength(0);
});

test("the paper trail names the printer that printed it", async ({ page, world, backup }) => {
  world.printer.setFault({ kind: "paperOut", afterMm: 0 });
  const saleId = await sellOne(page, world);
  await expect(reminder(page)).toHaveAttribute("data-state", "failed");
  await onBackup(page).click();
  await expectState(world, saleId, "printed");
  await goTo(page, `#/history/${saleId}`);
  const trail = page.getByRole("list", { name: "来龙去脉" });
  await expect(trail.getByText(address(backup))).toBeVisible();
  await expect(trail.getByText(address({ ...backup, address: world.printerAddress }))).toHaveCount(
    0,
  );
});

test("stopped in the middle: waits for the fix; F10 clears it first and prints a replacement", async ({
  page,
  world,
  backup,
}) => {
  world.printer.setFault({ kind: "paperOut", afterMm: 30 });
  const saleId = await sellOne(page, world);
  await expect(reminder(page)).toHaveAttribute("data-state", "blocked");
  await expect(reminder(page)).toContainText("修好后会自己接着打");
  // Not a second print of what the printer holds: only the other printer has a key.
  await page.keyboard.press("F9");
  await expect(reminder(page)).toHaveAttribute("data-state", "blocked");
  await page.keyboard.press("F10");
  await expectState(world, saleId, "printed");
  expect(papersOf(world, saleId, backup.printer)).toMatchObject([{ whole: true, marked: true }]);
  expect(backup.printer.paper.slips().at(-1)?.text()).toContain("替换残票");
  expect((await believed(world, saleId)).trail.map(({ type }) => type)).toContain("attemptCleared");
  world.printer.loadPaper();
  await expectPrinters(world, "ready", "ready");
  expect(papersOf(world, saleId).filter(({ whole }) => whole)).toHaveLength(0);
});

test("a stopped printer that does not answer the clearing: said so, nothing goes to the backup", async ({
  page,
  world,
  backup,
}) => {
  world.printer.setFault({ kind: "ignoresClear" });
  world.printer.setFault({ kind: "coverOpen", afterMm: 30 });
  const saleId = await sellOne(page, world);
  await expect(reminder(page)).toHaveAttribute("data-state", "blocked");
  await page.keyboard.press("F10");
  await expect(reminder(page).getByRole("alert")).toContainText("打印机没有回应清除");
  expect((await believed(world, saleId)).state).toBe("blocked");
  expect(papersOf(world, saleId, backup.printer)).toHaveLength(0);
  world.printer.closeCover();
  await expectState(world, saleId, "printed");
  expect(papersOf(world, saleId)).toMatchObject([{ whole: true, marked: false }]);
});

test("unknown: asked first; the answer offers both, and the backup prints a marked copy", async ({
  page,
  world,
  backup,
}) => {
  world.printer.setFault({ kind: "reset", afterBytes: 260 });
  const saleId = await sellOne(page, world);
  await expect(reminder(page)).toHaveAttribute("data-state", "unknown");
  await expect(onBackup(page)).toBeHidden();
  // Before the answer the key of the backup prints nothing.
  await page.keyboard.press("F10");
  await reminder(page)
    .getByRole("button", { name: /没有出来/ })
    .click();
  await expect(onBackup(page)).toBeVisible();
  await expect(reminder(page).getByRole("button", { name: /^补打/ })).toBeVisible();
  await expect(reminder(page)).toContainText("重打 REPRINT");
  expect(papersOf(world, saleId, backup.printer)).toHaveLength(0);
  await page.keyboard.press("F10");
  await expectState(world, saleId, "printed");
  expect(papersOf(world, saleId, backup.printer)).toMatchObject([{ whole: true, marked: true }]);
  expect(backup.printer.paper.slips().at(-1)?.text()).toContain("重打 REPRINT 1");
});

test("a dead backup never holds up the first, and is not offered", async ({
  page,
  world,
  backup,
}) => {
  backup.printer.powerOff();
  await expectPrinters(world, "ready", "offline");
  for (const query of ["nfsq", "kkkl"]) {
    const saleId = await sellOne(page, world, query);
    await expectState(world, saleId, "printed");
    expect(papersOf(world, saleId)).toMatchObject([{ whole: true, marked: false }]);
    await expect(reminder(page)).toBeHidden();
  }
  world.printer.setFault({ kind: "paperOut", afterMm: 0 });
  const saleId = await sellOne(page, world);
  await expect(reminder(page)).toHaveAttribute("data-state", "failed");
  await expect(onBackup(page)).toBeHidden();
  await expect(reminder(page)).toContainText(`备用打印机 ${address(backup)} 也打不了`);
  await page.keyboard.press("F10");
  world.printer.loadPaper();
  await expectState(world, saleId, "printed");
  expect(papersOf(world, saleId)).toMatchObject([{ whole: true, marked: false }]);
});

test("the backup stops in its turn: said of which printer, and the first one can take over", async ({
  page,
  world,
  backup,
}) => {
  world.printer.setFault({ kind: "paperOut", afterMm: 0 });
  const saleId = await sellOne(page, world);
  await expect(reminder(page)).toHaveAttribute("data-state", "failed");
  backup.printer.setFault({ kind: "coverOpen", afterMm: 30 });
  await page.keyboard.press("F10");
  await expect(reminder(page)).toHaveAttribute("data-state", "blocked");
  await expect(reminder(page)).toContainText(`备用打印机 ${address(backup)} · 上盖没关好`);
  world.printer.loadPaper();
  await expectPrinters(world, "ready", "blocked");
  await page.keyboard.press("F9");
  await expectState(world, saleId, "printed");
  expect(papersOf(world, saleId)).toMatchObject([{ whole: true, marked: true }]);
});

test("a scan at the two keys presses neither and is kept", async ({ page, world, backup }) => {
  world.printer.setFault({ kind: "paperOut", afterMm: 0 });
  const saleId = await sellOne(page, world);
  await expect(onBackup(page)).toBeVisible();
  await onBackup(page).focus();
  const product = await productFor(world, "kkkl");
  await scan(page, product.code);
  await expect(reminder(page)).toContainText("已扫 1 件");
  expect((await believed(world, saleId)).state).toBe("failed");
  expect(papersOf(world, saleId, backup.printer)).toHaveLength(0);
});

test("history: a copy on the printer of one's choice", async ({ page, world, backup }) => {
  const saleId = await sellOne(page, world);
  await expectState(world, saleId, "printed");
  await goTo(page, `#/history/${saleId}`);
  await expect(page.getByRole("button", { name: /^重打小票/ })).toBeEnabled();
  await page.keyboard.press("F10");
  await expect
    .poll(() => papersOf(world, saleId, backup.printer))
    .toMatchObject([{ whole: true, marked: true }]);
  expect(papersOf(world, saleId)).toMatchObject([{ marked: false }]);
  // Without a backup there is nothing to choose.
  await world.ask("settings.change", { patch: { backupPrinter: null }, pin: MANAGER_PIN });
  await expect(page.getByRole("button", { name: /用备用打印机打/ })).toBeHidden();
});

test("the keys of both printers can be read and reached by everybody", async ({
  page,
  world,
  backup,
}) => {
  // Three screens in two looks and two sizes.
  test.slow();
  const inBothLooks = async (screen: string) => {
    for (const [locale, theme] of [
      ["zh-CN", "light"],
      ["en", "dark"],
    ] as const) {
      await world.ask("settings.appearance", { locale, theme });
      await expect(page.locator(`html[lang="${locale}"][data-theme="${theme}"]`)).toBeVisible();
      await audit(page, `${screen}, ${locale}`);
      await fits(page, `${screen}, ${locale}`);
    }
  };
  world.printer.setFault({ kind: "paperOut", afterMm: 0 });
  const failed = await sellOne(page, world);
  await expect(reminder(page)).toHaveAttribute("data-state", "failed");
  await inBothLooks("failed, with a backup");
  backup.printer.openCover();
  await expectPrinters(world, "offline", "offline");
  await inBothLooks("failed, both out");
  world.printer.loadPaper();
  backup.printer.closeCover();
  await expectState(world, failed, "printed");
  await expect(reminder(page)).toBeHidden();
  world.printer.setFault({ kind: "reset", afterBytes: 260 });
  await sellOne(page, world, "kkkl");
  await expect(reminder(page)).toHaveAttribute("data-state", "unknown");
  await page.keyboard.press("F9");
  await expect(
    reminder(page)
      .getByRole("button")
      .filter({ hasText: address(backup) }),
  ).toBeVisible();
  await inBothLooks("unknown, where to print");
});

test("the status bar says in words how both printers are", async ({ page, world, backup }) => {
  const bar = page.getByRole("contentinfo");
  const first = bar.getByRole("link", { name: /^收银打印机/ });
  const second = bar.getByRole("link", { name: /^备用/ });
  await expect(first).toHaveAccessibleName(/打印机就绪\s*，\s*有纸$/);
  await expect(second).toHaveAccessibleName(new RegExp(`${address(backup)}：\\s*就绪\\s*，有纸$`));
  await world.ask("printer.rollChanged", { requestId: crypto.randomUUID(), slot: "receipt" });
  await expect(first).toContainText("还有约 80 米纸");
  backup.printer.openCover();
  await expect(second).toHaveAccessibleName(/上盖没关好/);
  await expect(second).toContainText("盖没关");
  const before = await first.boundingBox();
  world.printer.setFault({ kind: "paperOut", afterMm: 0 });
  await expect(first).toHaveAccessibleName(/缺纸$/);
  // The words change; their place does not.
  expect(await first.boundingBox()).toEqual(before);
  await first.click();
  await expect(page).toHaveURL(/#\/settings\/printer$/);
});

import type { Locator, Page } from "@playwright/test";
import { scaledClock } from "../../main/clock.ts";
import type { FoundPrinter } from "../../main/contract/printers.ts";
import { serveVirtualPrinter, VirtualPrinter } from "../../main/printing/virtual-printer/index.ts";
import { audit, fits } from "./support/audit.ts";
import { expectState } from "./support/counter.ts";
import { makeSale } from "./support/sales.ts";
import { goTo } from "./support/screen.ts";
import { MANAGER_PIN } from "./support/shop.ts";
import { expect, test as base } from "./support/till.ts";
import { wordsOf } from "./support/words.ts";
import type { World } from "./support/world.ts";

const word = wordsOf("zh-CN");
const text = (key: string) => word(`settings:${key}`);

/** A second printer in the shop: narrow paper, no cutter, no Chinese. */
interface Second {
  printer: VirtualPrinter;
  port: number;
}

const test = base.extend<{ second: Second }>({
  // oxlint-disable-next-line no-empty-pattern -- Playwright reads what a fixture needs from its pattern
  second: async ({}, use) => {
    const printer = new VirtualPrinter({ clock: scaledClock(1), widthMm: 58 });
    printer.setFault({ kind: "noCutter" });
    printer.setFault({ kind: "noChinese" });
    const served = await serveVirtualPrinter(printer, { port: 0 });
    await use({ printer, port: served.port });
    await served.close();
  },
});

/** The settings rooms of the printers and of the receipt: what is chosen, tried out and changed there is what prints. */

const card = (page: Page, slot: "receipt" | "backup") =>
  page.getByRole("region", { name: text(`printer.slot.${slot}`) });

const press = (scope: Page | Locator, key: string) =>
  scope.getByRole("button", { name: text(key), exact: true }).click();

/** Taps an answer on its words. */
const answer = (dialog: Locator, key: string) =>
  dialog.getByText(text(key), { exact: true }).click();

const next = (scope: Page | Locator) =>
  scope.getByRole("button", { name: word("common:next"), exact: true }).click();

const lastSlip = (printer: VirtualPrinter) => printer.paper.slips().at(-1)?.text() ?? "";

async function givePin(page: Page) {
  const dialog = page.getByRole("dialog", { name: text("pin.title") });
  await dialog.getByLabel(text("pin.field")).fill(MANAGER_PIN);
  await page.keyboard.press("Enter");
}

async function save(page: Page) {
  await press(page, "save.action");
  await givePin(page);
  await expect(page.getByRole("dialog")).toHaveCount(0);
}

async function chooseNetwork(page: Page, key: string, port: number) {
  await page.getByRole("button", { name: text(key) }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByText(text("printer.tcp"), { exact: true }).click();
  await dialog.getByLabel(text("printer.host")).fill("127.0.0.1");
  await dialog.getByLabel(text("printer.port"), { exact: true }).fill(String(port));
  await press(dialog, "printer.use");
  await expect(dialog).toBeHidden();
}

async function openPrinters(page: Page, world: World) {
  await world.setUp();
  await goTo(page, "#/settings/printer");
  await expect(card(page, "receipt")).toContainText(word("common:printer.ready"));
}

test("a backup is chosen, tried out to the end, and known by date and name", async ({
  page,
  world,
  second,
}) => {
  const { printer } = second;
  await openPrinters(page, world);
  await expect(card(page, "backup")).toContainText(text("printer.noBackup"));
  await audit(page, "printers, no backup");
  await fits(page, "printers, no backup");
  await chooseNetwork(page, "printer.chooseBackup", second.port);
  await expect(card(page, "backup")).toContainText(text("printer.notSaved"));
  expect((await world.ask("settings.get", {})).backupPrinter).toBeNull();
  await save(page);
  const backup = card(page, "backup");
  await expect(backup).toContainText(text("printer.notTried"));
  await fits(page, "printers, two");

  await press(backup, "printer.tryOut");
  const dialog = page.getByRole("dialog");
  // The printer's key has the focus, and Enter goes on: no mouse so far.
  await page.keyboard.press("Enter");
  await expect(dialog.getByText(text("printer.meaning.id"))).toBeVisible();
  await expect.poll(() => lastSlip(printer)).not.toBe("");
  await audit(page, "trying out: answer");
  await page.keyboard.press("Escape");
  await expect(dialog).toBeHidden();

  // Left and come back: the answer is still there.
  await goTo(page, "#/settings/shop");
  await goTo(page, "#/settings/printer");
  await backup.getByRole("button", { name: /1\/5/ }).click();
  await expect(dialog.getByText(text("printer.meaning.id"))).toBeVisible();
  await next(dialog);

  await press(dialog, "tryOut.width.action");
  await expect.poll(() => lastSlip(printer)).toMatch(/^32 -+\|\n35 -+\n-+\|/m);
  // The focus is on the rulers: the arrow keys choose.
  await page.keyboard.press("Space");
  await expect(dialog.getByRole("radio", { name: /^32/ })).toBeChecked();
  await audit(page, "trying out: rulers");
  await fits(page, "trying out: rulers");
  await page.keyboard.press("Enter");

  await press(dialog, "tryOut.chinese.action");
  await expect.poll(() => lastSlip(printer)).toContain("12.34");
  expect(lastSlip(printer)).not.toContain("中文");
  await answer(dialog, "tryOut.chinese.raster.label");
  await audit(page, "trying out: Chinese");
  await next(dialog);

  await press(dialog, "tryOut.cutter.action");
  await expect.poll(() => lastSlip(printer)).toContain("----------");
  expect(printer.paper.slips().some(({ cut }) => cut)).toBe(false);
  await answer(dialog, "tryOut.cutter.tear.label");
  await audit(page, "trying out: cutter");
  await next(dialog);

  const pulse = dialog.getByRole("button", {
    name: text("tryOut.drawer.try").replace("{{pin}}", "2"),
  });
  // There is money in it: nothing opens without the manager.
  await expect(pulse).toBeDisabled();
  await page.keyboard.type("0000");
  await page.keyboard.press("Enter");
  await expect(dialog.getByRole("alert")).toBeVisible();
  expect(printer.state().drawerOpens).toBe(0);
  await page.keyboard.type(MANAGER_PIN);
  await fits(page, "trying out: drawer");
  await page.keyboard.press("Enter");
  await expect.poll(() => printer.state().drawerOpens).toBe(1);
  await answer(dialog, "tryOut.drawer.pin2.label");
  await audit(page, "trying out: drawer");
  await next(dialog);

  await expect(dialog.getByText(text("printer.can.tear"))).toBeVisible();
  await audit(page, "trying out: summary");
  await fits(page, "trying out: summary");
  await press(dialog, "tryOut.keep");
  await givePin(page);
  await expect(page.getByRole("dialog")).toHaveCount(0);
  await expect(backup).toContainText("李雷");
  await expect(backup).toContainText(String(new Date().getFullYear()));
  await expect(backup).toContainText(text("printer.proof.A"));
  await audit(page, "printers, one tried out");
  const { backupPrinter } = await world.ask("status.get", {});
  expect(backupPrinter?.qualification).toMatchObject({
    by: "李雷",
    answers: true,
    fence: "id",
    cover: "skipped",
    columns: 32,
    chinese: "raster",
    cutter: false,
    drawer: "pin2",
  });
});

test("the same printer twice is refused in words, and a backup can be done without", async ({
  page,
  world,
  second,
}) => {
  await openPrinters(page, world);
  await chooseNetwork(page, "printer.chooseBackup", world.printerAddress.port);
  await press(page, "save.action");
  await givePin(page);
  const dialog = page.getByRole("dialog");
  await expect(dialog.getByRole("alert")).toContainText(word("refusals:SAME_PRINTER_TWICE.what"));
  await page.keyboard.press("Escape");
  expect((await world.ask("settings.get", {})).backupPrinter).toBeNull();

  await card(page, "backup")
    .getByRole("button", { name: text("printer.choose") })
    .click();
  await dialog.getByLabel(text("printer.port"), { exact: true }).fill(String(second.port));
  await press(dialog, "printer.use");
  await save(page);
  await expect.poll(async () => (await world.ask("status.get", {})).backupPrinter).not.toBeNull();
  await press(card(page, "backup"), "printer.remove");
  await save(page);
  await expect(card(page, "backup")).toContainText(text("printer.noBackup"));
  expect((await world.ask("status.get", {})).backupPrinter).toBeNull();
});

test("a printer without ids proves itself with its cover open", async ({ page, world }) => {
  world.printer.setFault({ kind: "noIds" });
  await openPrinters(page, world);
  await press(card(page, "receipt"), "printer.tryOut");
  const dialog = page.getByRole("dialog");
  await press(dialog, "printer.test.action");
  await expect(dialog.getByText(text("printer.meaning.paperStatus"))).toBeVisible({
    timeout: 30_000,
  });
  // Enter is all it takes: the focus goes on by itself.
  await page.keyboard.press("Enter");
  await expect(dialog.getByText(text("printer.cover.title"))).toBeVisible();
  await audit(page, "trying out: cover");
  world.printer.openCover();
  await page.keyboard.press("Enter");
  await expect(dialog.getByText(text("printer.cover.passed"))).toBeVisible();
  world.printer.closeCover();
  await page.keyboard.press("Enter");
  await expect(dialog.getByText(text("tryOut.width.title"))).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(card(page, "receipt")).toContainText(text("printer.proof.B"));
});

test("a new roll is told, and what is left is counted from there", async ({ page, world }) => {
  await openPrinters(page, world);
  const receipt = card(page, "receipt");
  await expect(receipt).toContainText(text("printer.roll.unknown"));
  await press(receipt, "printer.roll.action");
  await expect(receipt).toContainText(text("printer.roll.left").replace("{{m}}", "80"));
  const { saleId } = await makeSale(world, { bought: [{ query: "nfsq" }] });
  await expectState(world, saleId, "printed");
  const used = async () => (await world.ask("status.get", {})).printer.rollUsedM;
  await expect.poll(used).toBeGreaterThan(0);
  await press(receipt, "printer.roll.action");
  await expect.poll(used).toBe(0);
});

test("automatic printing says what happens when it is off", async ({ page, world }) => {
  await openPrinters(page, world);
  await page.getByText(text("printer.auto.label")).click();
  await expect(page.getByText(text("printer.auto.off"))).toBeVisible();
  await audit(page, "printers, automatic printing off");
  await save(page);
  expect((await world.ask("settings.get", {})).autoPrint).toBe(false);
});

test("a change of the template is seen in the preview and on the next slip", async ({
  page,
  world,
}) => {
  await world.setUp();
  await goTo(page, "#/settings/receipt");
  const preview = page.getByRole("region", { name: text("receipt.preview") });
  await expect(preview).toContainText("永安便利店");
  await page.getByLabel(text("receipt.header")).fill("天天新鲜\n营业 7:00-23:00");
  await page.getByLabel(text("receipt.taxId"), { exact: true }).fill("91310000MA1FL0000X");
  await page.getByLabel(text("receipt.returns")).fill("7 天内凭小票退换");
  await page.getByText(text("receipt.showCodes"), { exact: true }).click();
  await page.getByLabel(text("receipt.qrText")).fill("https://example.com/r/");
  await page.getByRole("button", { name: text("receipt.insert.no") }).click();
  await page.locator("input[type=file]").setInputFiles({
    name: "logo.svg",
    mimeType: "image/svg+xml",
    buffer: Buffer.from(
      '<svg xmlns="http://www.w3.org/2000/svg" width="300" height="100"><circle cx="50" cy="50" r="45"/></svg>',
    ),
  });
  for (const part of ["天天新鲜", "91310000MA1FL0000X", "7 天内凭小票退换", "6901028075886"])
    await expect(preview).toContainText(part);
  await expect(preview.getByRole("img", { name: /example\.com\/r\/1042/ })).toBeVisible();
  await expect(preview.locator("canvas")).toBeVisible();
  await audit(page, "receipt template");
  await fits(page, "receipt template");
  await save(page);

  const { saleId, lines } = await makeSale(world, { bought: [{ query: "nfsq" }] });
  await expectState(world, saleId, "printed");
  const slip = world.printer.paper.slips().at(-1);
  const onPaper = slip?.text() ?? "";
  for (const part of ["天天新鲜", "营业 7:00-23:00", "91310000MA1FL0000X", "7 天内凭小票退换"])
    expect(onPaper).toContain(part);
  expect(onPaper).toContain(lines[0]?.code);
  expect(slip?.lines.find(({ kind }) => kind === "qr")?.data).toBe(
    `https://example.com/r/${saleId}`,
  );
  expect(slip?.lines[0]?.kind).toBe("raster");
});

test("what does not go with the paper is said before it is printed", async ({ page, world }) => {
  await world.setUp();
  await goTo(page, "#/settings/receipt");
  await page.getByLabel(text("receipt.header")).fill("营业时间：周一至周日 7:00-23:00，节假日照常");
  const preview = page.getByRole("region", { name: text("receipt.preview") });
  await expect(preview).not.toContainText(text("receipt.fit.header"));
  await page.getByText(text("receipt.width58"), { exact: true }).click();
  await expect(preview).toContainText(text("receipt.fit.header"));
  await audit(page, "receipt template, too wide");
  // Too much to be saved: said at its field, and nothing is sent.
  await page.getByLabel(text("receipt.header")).fill("长".repeat(201));
  await press(page, "save.action");
  await expect(page.getByRole("dialog")).toHaveCount(0);
  await expect(page.getByText(text("receipt.tooLong").replace("{{count}}", "200"))).toBeVisible();
  await expect(page.getByLabel(text("receipt.header"))).toBeFocused();
});

test.describe("what was found on this computer", () => {
  // Only what comes over HTTP can be answered here in the till's place.
  test.skip(({ shell }) => shell === "electron", "no printers to be found on this machine");

  const printers: FoundPrinter[] = [
    {
      config: { kind: "usb", vendorId: 0x04b8, productId: 0x0e28, serial: "J4", name: "TM-T20III" },
      name: "EPSON TM-T20III",
      detail: "USB 1-2",
      hint: null,
    },
    {
      config: { kind: "serial", path: "/dev/ttyUSB0", baudRate: 9_600, flow: "hardware" },
      name: "USB-Serial",
      detail: "/dev/ttyUSB0",
      hint: "noPermission",
    },
    { config: { kind: "cups", queue: "POS-80" }, name: "POS-80", detail: "POS-80", hint: "paused" },
    {
      config: { kind: "cups", queue: "PDF" },
      name: "PDF",
      detail: "PDF",
      hint: "notAPaperPrinter",
    },
    { config: { kind: "spooler", queue: "Old" }, name: "Old", detail: "", hint: "offline" },
    {
      config: { kind: "usb", vendorId: 1, productId: 2, serial: null, name: "POS58" },
      name: "POS58",
      detail: "",
      hint: "needsDriver",
    },
  ];

  test("is named with the way to it, and with the fix of what stands in the way", async ({
    page,
    world,
  }) => {
    await page.route("**/call/printer.find", (route) =>
      route.fulfill({ json: { ok: true, value: { printers } } }),
    );
    await openPrinters(page, world);
    await press(page, "printer.chooseBackup");
    const dialog = page.getByRole("dialog");
    await expect(dialog.getByRole("radio", { name: /EPSON TM-T20III/ })).toBeVisible();
    for (const { hint } of printers)
      if (hint) await expect(dialog.getByText(text(`printer.hint.${hint}`))).toBeVisible();
    await audit(page, "choosing a printer");
    await fits(page, "choosing a printer");

    await dialog.getByText("USB-Serial", { exact: true }).click();
    await dialog.getByText("XON/XOFF").click();
    await audit(page, "choosing a serial printer");
    await press(dialog, "printer.use");
    await save(page);
    expect((await world.ask("settings.get", {})).backupPrinter).toEqual({
      kind: "serial",
      path: "/dev/ttyUSB0",
      baudRate: 9_600,
      flow: "software",
    });
  });

  test.describe("before there is a shop", () => {
    test.use({ firstStart: true });

    test("can be chosen at first start", async ({ page, world }) => {
      await page.route("**/call/printer.find", (route) =>
        route.fulfill({ json: { ok: true, value: { printers } } }),
      );
      await page.getByLabel(word("setup:shop.name")).fill("永安便利店");
      await next(page);
      await page.getByText("USB-Serial", { exact: true }).click();
      await page.getByText("XON/XOFF").click();
      await audit(page, "first start: a printer of this computer");
      await fits(page, "first start: a printer of this computer");
      await next(page);
      await page.getByLabel(word("setup:people.cashiers")).fill("李雷");
      await page.getByLabel(word("setup:people.pin")).fill(MANAGER_PIN);
      await page.getByRole("button", { name: word("setup:open") }).click();
      await expect
        .poll(async () => (await world.ask("settings.get", {})).printer)
        .toMatchObject({ kind: "serial", path: "/dev/ttyUSB0", flow: "software" });
    });
  });

  test("may be nothing, and may go wrong", async ({ page, world }) => {
    let goesWrong = true;
    await page.route("**/call/printer.find", (route) =>
      route.fulfill({
        json: goesWrong
          ? { ok: false, refusal: { code: "INTERNAL", details: { incident: "a1" } } }
          : { ok: true, value: { printers: [] } },
      }),
    );
    await openPrinters(page, world);
    await press(page, "printer.chooseBackup");
    const dialog = page.getByRole("dialog");
    await expect(dialog.getByRole("alert")).toContainText("a1", { timeout: 30_000 });
    await audit(page, "looking for printers went wrong");
    goesWrong = false;
    await press(dialog, "printer.find.again");
    await expect(dialog.getByText(text("printer.find.nothing"))).toBeVisible();
    await audit(page, "no printer found");
  });
});

for (const locale of ["zh-CN", "en"] as const)
  test.describe(`in the dark, ${locale}`, () => {
    test.use({ locale: locale === "en" ? "en-GB" : locale, colorScheme: "dark" });
    const say = wordsOf(locale);
    const said = (key: string) => say(`settings:${key}`);

    test("everything can be read", async ({ page, world }) => {
      await world.setUp({ theme: "dark" });
      await goTo(page, "#/settings/printer");
      await expect(page.getByText(said("printer.notTried"))).toBeVisible();
      await page.getByText(said("printer.auto.label")).click();
      await audit(page, "printers, dark");
      await fits(page, "printers, dark");
      await page.getByRole("button", { name: said("printer.tryOut") }).click();
      const dialog = page.getByRole("dialog");
      await dialog.getByRole("button", { name: said("printer.test.action") }).click();
      await expect(dialog.getByText(said("printer.meaning.id"))).toBeVisible();
      await audit(page, "trying out, dark");
      await dialog.getByRole("button", { name: say("common:next"), exact: true }).click();
      await dialog.getByRole("radio", { name: /^48/ }).click({ force: true });
      await audit(page, "rulers, dark");
      await fits(page, "rulers, dark");
      await page.keyboard.press("Escape");
      await goTo(page, "#/settings/receipt");
      await page.getByText(said("receipt.pack.uk"), { exact: true }).click();
      await audit(page, "receipt template, dark");
      await fits(page, "receipt template, dark");
    });
  });

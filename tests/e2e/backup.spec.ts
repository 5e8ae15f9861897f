import { mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Page, Route } from "@playwright/test";
import type { CallName } from "../../main/contract/calls.ts";
import { audit, fits } from "./support/audit.ts";
import {
  believed,
  expectState,
  papersOf,
  productFor,
  scan,
  sellOne,
  strip,
} from "./support/counter.ts";
import { SetClock, withEarlierTill } from "./support/earlier.ts";
import { putOff } from "./support/outage.ts";
import { makeSale } from "./support/sales.ts";
import { goTo } from "./support/screen.ts";
import { browserShell, electronShell } from "./support/shells.ts";
import { MANAGER_PIN, testShop } from "./support/shop.ts";
import { expect, test } from "./support/till.ts";
import { withWorld, type World } from "./support/world.ts";

/** The books are copied, the copies are good, and there is a way back from each of them. */
test.use({ printer: { widthMm: 80, speedMmPerS: 250 } });

const PASSPHRASE = "七颗柠檬 在柜台上晒太阳";
const HOUR_MS = 3_600_000;

async function ready(page: Page, world: World) {
  await world.setUp();
  await expect(strip(page)).toBeVisible();
  await expect.poll(async () => (await world.ask("status.get", {})).printer.state).toBe("ready");
}

/** Two printed receipts. */
async function sellTwo(world: World): Promise<void> {
  for (const query of ["nfsq", "kkkl"]) {
    const { saleId } = await makeSale(world, { bought: [{ query }] });
    await expectState(world, saleId, "printed");
  }
}

async function backUpNow(page: Page): Promise<void> {
  await goTo(page, "#/settings/backup");
  await page.getByRole("button", { name: "现在备份" }).click();
  await expect(page.getByText(/^备份好了/)).toBeVisible();
}

function copiesOf(world: World): string[] {
  const folder = join(world.dataDir, "backups");
  return readdirSync(folder).map((name) => join(folder, name));
}

/** The path of a backup whose books have nothing to do with those of the spec's till. */
async function backupOfAnotherTill(dataDir: string): Promise<string> {
  let path = "";
  await withEarlierTill(dataDir, async (till) => {
    await till.ask("settings.setUp", testShop());
    await till.ask("session.signIn", { cashier: "李雷" });
    const { saleId } = await makeSale(till, { bought: [{ query: "nfsq" }] });
    await till.until(saleId, "printed");
    // Refused while the till makes one by itself.
    await expect(async () => {
      const { state } = await till.ask("backup.run", { requestId: crypto.randomUUID() });
      path = state.copies[0]?.path ?? "";
    }).toPass({ timeout: 20_000 });
  });
  return path;
}

/** A sale whose receipt is owed and put off: the paper is out. */
async function oweOne(world: World): Promise<number> {
  const { saleId } = await makeSale(world, { bought: [{ query: "抽纸" }] });
  await expectState(world, saleId, "failed");
  await putOff(world);
  return saleId;
}

/** Holds the page's next call of this name on its way to the till. */
async function holdCall(page: Page, name: CallName) {
  const reached = Promise.withResolvers<void>();
  const passed = Promise.withResolvers<void>();
  const handle = async (route: Route) => {
    reached.resolve();
    await passed.promise;
    await route.continue();
  };
  await page.route(`**/call/${name}`, handle, { times: 1 });
  return { reached: reached.promise, release: () => passed.resolve() };
}

/** Waits for the books a restore has put there: the page has loaded anew. */
async function restored(page: Page): Promise<void> {
  await expect(page.getByText(/^账本已恢复/)).toBeVisible({ timeout: 30_000 });
  await expect(strip(page)).toBeVisible();
}

test("backed up by hand; on an empty PC sales, receipts and settings are there again", async ({
  page,
  world,
  shell,
  context,
  locale,
}) => {
  await ready(page, world);
  await sellTwo(world);
  await backUpNow(page);
  const row = page.getByRole("row").filter({ hasText: "手动" });
  await expect(row).toContainText("2 笔");
  await expect(row).toContainText("核对过");
  const path = copiesOf(world)[0] ?? "";

  // The PC is gone; its printer goes on with the new one.
  await world.kill9();
  const start = shell === "electron" ? electronShell(locale) : browserShell(context);
  const options = { locale, clockFactor: 1, printer: {}, args: [], emptyPage: null };
  await withWorld(start, options, async (fresh) => {
    const { page: other } = fresh;
    await other.getByRole("button", { name: "我有备份" }).click();
    const dialog = other.getByRole("dialog");
    await dialog.getByLabel("备份文件的位置").fill(`"${path}"`);
    await dialog.getByRole("button", { name: "打开看看" }).click();
    await expect(dialog.getByText("签名、每一页、整条日志都核对过")).toBeVisible();
    await expect(dialog).toContainText("永安便利店");
    await expect(dialog).toContainText("2 笔");
    // No manager yet, and nothing here that could be lost.
    await expect(dialog.getByText("不在这份备份里")).toBeHidden();
    await dialog.getByRole("button", { name: "用这份备份开店" }).click();
    await restored(other);
    expect(await fresh.ask("settings.get", {})).toMatchObject({
      ready: true,
      shop: { name: "永安便利店" },
    });
    expect(await believed(fresh, 2)).toMatchObject({ state: "printed", proof: "device" });
    // The receipt itself can be printed again, marked as a copy.
    await fresh.ask("receipt.print", { requestId: crypto.randomUUID(), saleId: 2, seen: null });
    await expect.poll(() => papersOf(world, 2).map(({ marked }) => marked)).toEqual([false, true]);
    expect((await makeSale(fresh, { bought: [{ query: "nfsq" }] })).saleId).toBe(3);
  });
});

test("going back in the till: seen before, agreed to by the manager, the books of before kept", async ({
  page,
  world,
}) => {
  await ready(page, world);
  await sellTwo(world);
  await backUpNow(page);
  await goTo(page, "#/sell");
  const lost = await sellOne(page, world);
  await expectState(world, lost, "printed");

  await goTo(page, "#/settings/backup");
  await page.getByRole("button", { name: /^恢复 .+ 的备份$/ }).click();
  const dialog = page.getByRole("dialog");
  await expect(dialog.getByText("备份之后又卖的 1 笔、没交代的小票、购物篮")).toBeVisible();
  await audit(page, "restore: preview");
  const agree = dialog.getByRole("button", { name: "恢复到这一份" });
  await dialog.getByLabel("店长密码").fill("0000");
  await agree.click();
  await expect(dialog.getByRole("alert")).toContainText("密码不对");
  expect((await world.ask("status.get", {})).newestSaleId).toBe(3);
  await dialog.getByLabel("店长密码").fill(MANAGER_PIN);
  await agree.click();
  await restored(page);
  expect((await world.ask("status.get", {})).newestSaleId).toBe(3);
  const aside = readdirSync(world.dataDir).find((name) => name.startsWith("set-aside-")) ?? "";
  expect(readdirSync(join(world.dataDir, aside))).toContain("slipsure.db");
  // The next sale, printed on the paper that was there all the time.
  expect(await sellOne(page, world)).toBe(4);
  await expectState(world, 4, "printed");
  await world.restart();
  await expect(strip(world.page)).toBeVisible();
  expect((await world.ask("status.get", {})).newestSaleId).toBe(4);
});

test("what going back would give up stands there by name, follows what is sold, and is asked again", async ({
  page,
  world,
  shell,
}) => {
  test.skip(shell === "electron", "Electron's calls take no route");
  const other = mkdtempSync(join(tmpdir(), "slipsure-other-"));
  try {
    const path = await backupOfAnotherTill(other);
    await ready(page, world);
    await sellTwo(world);
    world.printer.setFault({ kind: "paperOut", afterMm: 0 });
    const owed = await oweOne(world);
    // A page that has not heard of it yet may still be asking about the receipt.
    await expect(page.getByRole("button", { name: /缓到/ })).toBeVisible();
    await expect(page.getByRole("alertdialog")).toHaveCount(0);
    await scan(page, (await productFor(world, "kkkl")).code);
    await expect.poll(async () => (await world.ask("basket.get", {})).basket.lines.length).toBe(1);

    await goTo(page, "#/settings/backup");
    await page.getByRole("button", { name: "从文件恢复…" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByLabel("备份文件的位置").fill(path);
    await dialog.getByRole("button", { name: "打开看看" }).click();
    const givenUp = dialog.getByRole("region", { name: "会放弃的" });
    await expect(givenUp).toContainText("3 笔");
    const rows = givenUp.getByRole("listitem");
    await expect(rows).toHaveCount(3);
    await expect(rows.first()).toContainText(`${owed} 号`);
    await expect(rows.first()).toContainText("小票没交代");
    await expect(rows.nth(1)).not.toContainText("小票没交代");
    await expect(givenUp).toContainText("购物篮里的 1 样");
    await audit(page, "restore: what is given up");
    await fits(page, "restore: what is given up");

    // Nobody presses anything: what is sold meanwhile is there by itself.
    await oweOne(world);
    await expect(rows).toHaveCount(4);

    const agree = dialog.getByRole("button", { name: "恢复到这一份" });
    const asked = await holdCall(page, "backup.restore");
    await dialog.getByLabel("店长密码").fill(MANAGER_PIN);
    await agree.click();
    await asked.reached;
    const last = await oweOne(world);
    asked.release();
    await expect(dialog.getByRole("alert")).toContainText("要放弃的和刚才看到的不一样了");
    await expect(rows).toHaveCount(last);
    expect((await world.ask("status.get", {})).newestSaleId).toBe(last);

    // On the newest paper somebody holds in their hands stands a number nobody here knows of.
    await dialog.getByLabel("最后一张纸质小票的单号").fill("小票");
    await expect(dialog.getByText("这不是单号")).toBeVisible();
    await dialog.getByLabel("店长密码").fill(MANAGER_PIN);
    await expect(agree).toBeDisabled();
    await dialog.getByLabel("最后一张纸质小票的单号").fill("SLIP000041");
    await agree.click();
    await restored(page);
    world.printer.loadPaper();
    expect((await makeSale(world, { bought: [{ query: "nfsq" }] })).saleId).toBe(42);
  } finally {
    rmSync(other, { recursive: true, force: true });
  }
});

test("a payment in the middle of a restore is refused, keeps its basket, and goes through afterwards", async ({
  page,
  world,
  shell,
}) => {
  test.skip(shell === "electron", "Electron's calls take no route");
  await ready(page, world);
  await sellTwo(world);
  await backUpNow(page);
  const path = copiesOf(world)[0] ?? "";
  const { facts, here } = await world.ask("backup.preview", { path, passphrase: null });
  await goTo(page, "#/sell");
  await scan(page, (await productFor(world, "kkkl")).code);
  await expect.poll(async () => (await world.ask("basket.get", {})).basket.lines.length).toBe(1);
  const paying = await holdCall(page, "sale.complete");
  await page.keyboard.press("F12");
  await paying.reached;
  const restoring = world.ask("backup.restore", {
    path,
    passphrase: null,
    pin: MANAGER_PIN,
    head: facts.head.hash,
    givenUp: here?.givenUp.fingerprint ?? null,
    lastOnPaper: null,
  });
  const job = async () => (await world.ask("backup.state", {})).job?.what;
  await expect.poll(job, { intervals: [20] }).toBe("restore");
  paying.release();
  await expect(page.getByText("正在恢复账本，这会儿不能卖")).toBeVisible();
  await restoring;
  await expect(strip(page)).toContainText("可口可乐");
  expect((await world.ask("status.get", {})).newestSaleId).toBe(2);
  await page.keyboard.press("F12");
  await expect.poll(async () => (await world.ask("status.get", {})).newestSaleId).toBe(3);
  await expectState(world, 3, "printed");
});

test("a second place, sealed with a passphrase that opens it elsewhere", async ({
  page,
  world,
}) => {
  const stick = mkdtempSync(join(tmpdir(), "slipsure-stick-"));
  try {
    await ready(page, world);
    await sellTwo(world);
    await goTo(page, "#/settings/backup");
    await page.getByRole("button", { name: "选第二处…" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByLabel("文件夹的位置").fill("/没有/这里");
    await dialog.getByLabel("店长密码").fill(MANAGER_PIN);
    await page.keyboard.press("Enter");
    await expect(dialog.getByRole("alert")).toContainText("找不到这个文件夹");
    await dialog.getByLabel("文件夹的位置").fill(stick);
    await dialog.getByLabel("店长密码").fill(MANAGER_PIN);
    await page.keyboard.press("Enter");
    await expect(dialog).toBeHidden();
    const second = page.getByRole("region", { name: "第二处" });
    await expect(second).toContainText("已接上");

    await page.getByRole("button", { name: "设口令…" }).click();
    await dialog.getByRole("textbox", { name: "口令", exact: true }).fill("太短");
    await dialog.getByLabel("店长密码").fill(MANAGER_PIN);
    await page.keyboard.press("Enter");
    await expect(dialog.getByText("太短了，至少 10 个字")).toBeVisible();
    await dialog.getByRole("textbox", { name: "口令", exact: true }).fill(PASSPHRASE);
    await dialog.getByRole("textbox", { name: "再输一遍" }).fill("七颗柠檬");
    await page.keyboard.press("Enter");
    await expect(dialog.getByText("两遍不一样")).toBeVisible();
    await audit(page, "passphrase, with a problem");
    await dialog.getByRole("textbox", { name: "再输一遍" }).fill(PASSPHRASE);
    await dialog.getByRole("button", { name: "用这个口令" }).click();
    await expect(dialog.getByText(/^[A-Z2-9]{4}-[A-Z2-9]{4}$/)).toBeVisible();
    await dialog.getByRole("button", { name: "打一张口令卡" }).click();
    await expect.poll(() => world.printer.paper.slips().at(-1)?.text()).toContain("备份口令卡");
    await dialog.getByRole("button", { name: "写好了" }).click();

    await backUpNow(page);
    await expect
      .poll(() => readdirSync(stick).filter((name) => name.endsWith(".sealed")))
      .toHaveLength(1);
    await expect(second).toContainText("加了密");

    // What somebody sees who finds the stick and knows only part of the words.
    await page.getByRole("button", { name: "从文件恢复…" }).click();
    await dialog.getByRole("button", { name: /\.sealed/ }).click();
    const words = dialog.getByRole("textbox", { name: "口令" });
    await words.fill("七颗柠檬");
    await page.keyboard.press("Enter");
    await expect(dialog.getByRole("alert")).toContainText("口令不对");
    await words.fill(PASSPHRASE);
    await page.keyboard.press("Enter");
    await expect(dialog.getByText("签名、每一页、整条日志都核对过")).toBeVisible();
    await page.keyboard.press("Escape");

    // The stick is pulled out: no error, only a word about it; put back, it catches up.
    renameSync(stick, `${stick}-out`);
    await page.getByRole("button", { name: "现在备份" }).click();
    await expect(page.getByText("备份好了；第二处没有接上")).toBeVisible();
    renameSync(`${stick}-out`, stick);
    await page.getByRole("button", { name: "现在备份" }).click();
    await expect(page.getByText("备份好了，两处都已核对")).toBeVisible();
  } finally {
    rmSync(stick, { recursive: true, force: true });
    rmSync(`${stick}-out`, { recursive: true, force: true });
  }
});

test("a trial restore, and a damaged copy that does not count any more", async ({
  page,
  world,
}) => {
  await ready(page, world);
  await sellTwo(world);
  await backUpNow(page);
  const drill = page.getByRole("region", { name: "试恢复" });
  await drill.getByRole("button", { name: "现在试" }).click();
  await expect(drill).toContainText("2 笔销售，全部恢复成功");
  await audit(page, "settings: backup");
  await fits(page, "settings: backup");
  writeFileSync(copiesOf(world)[0] ?? "", "not a copy any more");
  await drill.getByRole("button", { name: "现在试" }).click();
  await expect(page.getByRole("row").filter({ hasText: "已损坏" })).toBeVisible();
});

test("a red line on every screen while the books are not copied, gone with the first good copy", async ({
  page,
  world,
}) => {
  await ready(page, world);
  await world.kill9();
  const clock = new SetClock(4);
  clock.set(Date.now() - 30 * HOUR_MS);
  await withEarlierTill(
    world.dataDir,
    async (till) => {
      const { saleId } = await makeSale(till, { bought: [{ query: "nfsq" }] });
      await till.until(saleId, "printed");
    },
    clock,
  );
  // Nothing can be written where the copies belong.
  const folder = join(world.dataDir, "backups");
  rmSync(folder, { recursive: true, force: true });
  writeFileSync(folder, "in the way");
  await world.restart();
  const line = world.page.getByRole("alert", { name: "备份提醒" });
  await expect(line).toContainText("账本还没有备份过", { timeout: 30_000 });
  await audit(world.page, "red line");
  await fits(world.page, "red line");
  await line.getByRole("link").click();
  await expect(world.page.getByRole("heading", { name: "账本备份" })).toBeVisible();
  rmSync(folder);
  mkdirSync(folder);
  await world.page.getByRole("button", { name: "现在备份" }).click();
  await expect(line).toBeHidden();
});

import { copyFileSync } from "node:fs";
import type { Page } from "@playwright/test";
import { runVerifier, unzip } from "../unit/books/unzip.ts";
import { audit, fits } from "./support/audit.ts";
import { expectState, strip } from "./support/counter.ts";
import { makeSale } from "./support/sales.ts";
import { goTo } from "./support/screen.ts";
import { expect, test } from "./support/till.ts";
import type { World } from "./support/world.ts";

/** The books are checked in words, and a part of them leaves the till as a file that proves itself. */
test.use({ printer: { widthMm: 80, speedMmPerS: 250 } });

async function sellTwo(page: Page, world: World): Promise<void> {
  await world.setUp();
  await expect(strip(page)).toBeVisible();
  await expect.poll(async () => (await world.ask("status.get", {})).printer.state).toBe("ready");
  for (const query of ["nfsq", "kkkl"]) {
    const { saleId } = await makeSale(world, { bought: [{ query }] });
    await expectState(world, saleId, "printed");
  }
}

test("an archive of the month, made at the day end, proves that every receipt was settled", async ({
  page,
  world,
}, testInfo) => {
  await sellTwo(page, world);
  await goTo(page, "#/day-end");
  await page.getByRole("button", { name: "做存档…" }).click();
  const dialog = page.getByRole("dialog", { name: "存档" });
  await dialog.getByRole("radio", { name: "上个月" }).check({ force: true });
  await dialog.getByRole("button", { name: "做存档" }).click();
  await expect(dialog.getByRole("alert")).toContainText("这段时间没有卖出过东西");
  await dialog.getByRole("radio", { name: "这个月" }).check({ force: true });
  const download = page.waitForEvent("download");
  await dialog.getByRole("button", { name: "做存档" }).click();
  const file = await download;
  expect(file.suggestedFilename()).toMatch(/^slipsure-archive-[\d-]+--[\d-]+\.zip$/);
  await expect(dialog).toContainText("2 笔销售，每张小票都有交代");
  await audit(page, "archive: done");
  await fits(page, "archive: done");
  const { keyId } = await world.ask("books.state", {});
  await expect(dialog).toContainText(keyId);
  await dialog.getByRole("button", { name: "好了" }).click();
  await expect(dialog).toBeHidden();

  const zip = testInfo.outputPath("archive.zip");
  copyFileSync(await file.path(), zip);
  const { code, text } = runVerifier(unzip(zip, testInfo.outputPath("unpacked")), "--key", keyId);
  expect(text).toContain("每一笔的小票都有交代");
  expect(text).toContain("永安便利店");
  expect(code).toBe(0);
});

test("the books are checked on demand; the result stays", async ({ page, world }) => {
  await sellTwo(page, world);
  await goTo(page, "#/settings/backup");
  const card = page.getByRole("region", { name: "核对账本" });
  await expect(card).toContainText("还没有核对过");
  await card.getByRole("button", { name: "现在核对" }).click();
  await expect(card).toContainText("2 笔销售全部完整");
  await expect(card).toContainText("李雷 核对");
  await audit(page, "settings: books");
  await page.reload();
  await expect(card).toContainText("2 笔销售全部完整");
});

import { strip } from "./support/counter.ts";
import { expect, test } from "./support/till.ts";

test("a page that has lost its till calls nothing fine: neither the receipts nor the printer", async ({
  page,
  world,
  shell,
}) => {
  test.skip(shell === "electron", "in Electron the page ends with its till");
  await world.setUp();
  const rail = page.getByRole("region", { name: "未交代的小票" });
  await expect(rail).toContainText("所有小票已交代");
  await expect(strip(page)).toContainText("打印机就绪");
  await world.kill9();
  await expect(page.getByText("与收银台失去联系")).toBeVisible();
  await expect(rail).toContainText("还有没有小票没交代不知道");
  await expect(rail).not.toContainText("所有小票已交代");
  await expect(strip(page)).toContainText("打印机状态未知");
  await expect(page.getByText("打印机就绪")).toHaveCount(0);
});

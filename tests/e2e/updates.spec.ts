import { randomUUID } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Page } from "@playwright/test";
import { systemClock } from "../../main/clock.ts";
import type { CallInput, CallName, CallOutput } from "../../main/contract/calls.ts";
import { appDir } from "../../main/shells/app-paths.ts";
import { serveTill } from "../../main/shells/browser/server.ts";
import { createTill } from "../../main/till.ts";
import { UpdateFailure } from "../../main/updates/source.ts";
import { FakeSource } from "../unit/updates/fake-source.ts";
import { audit, fits } from "./support/audit.ts";
import { goTo } from "./support/screen.ts";
import { MANAGER_PIN, testShop } from "./support/shop.ts";
import { expect, test as base } from "./support/till.ts";

interface UpdatingTill {
  source: FakeSource;
  ask: <N extends CallName>(name: N, input: CallInput<N>) => Promise<CallOutput<N>>;
  sell: () => Promise<void>;
}

/** A till as if it were installed, with a server of new versions behind it; its page is open. */
const test = base.extend<{ till: UpdatingTill }>({
  till: async ({ context, locale, shell }, use, testInfo) => {
    testInfo.skip(
      shell === "electron",
      "the update server is a stand-in, which the shell can't take",
    );
    const dataDir = mkdtempSync(join(tmpdir(), "slipsure-updates-"));
    const source = new FakeSource(dataDir);
    const store = new Map<string, unknown>();
    const till = await createTill({
      dataDir: join(dataDir, "books"),
      clock: systemClock,
      settings: { get: (key) => store.get(key), set: (key, value) => void store.set(key, value) },
      report: () => "incident",
      version: "1.0.0",
      updates: source,
    });
    const pageDir = join(appDir(), "dist", "renderer");
    const server = await serveTill({ till, pageDir, port: 0, report: () => "incident" });
    const ask: UpdatingTill["ask"] = async (name, input) => {
      const reply = await till.dispatch(name, input);
      if (!reply.ok) throw new Error(`${name}: ${JSON.stringify(reply.refusal)}`);
      return reply.value as CallOutput<typeof name>;
    };
    const language = locale?.startsWith("en") ? "en" : "zh-CN";
    await ask("settings.setUp", testShop({ locale: language, printer: { kind: "practice" } }));
    const sell = async () => {
      const { products } = await ask("catalogue.search", { query: "", limit: 1 });
      const [product] = products;
      if (!product) throw new Error("nothing to sell");
      const { barcode: _barcode, category: _category, ...line } = product;
      const { saleId } = await ask("sale.complete", {
        requestId: randomUUID(),
        basket: { lines: [{ ...line, quantityMilli: 1000, discountMinor: 0 }], discountMinor: 0 },
        tenders: [{ method: "cash", amountMinor: line.priceMinor, reference: null }],
        expectedTotalMinor: line.priceMinor,
      });
      await expect
        .poll(async () => (await ask("history.sale", { saleId })).status.state, { timeout: 30_000 })
        .toBe("printed");
    };
    const page = await context.newPage();
    await page.goto(server.openingUrl());
    await use({ source, ask, sell });
    await page.close();
    await server.close();
    await till.close();
    rmSync(dataDir, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  },
  page: async ({ till: _till, context }, use) => {
    const [page] = context.pages();
    if (!page) throw new Error("no page");
    await use(page);
  },
});

const OFFER = {
  version: "1.1.0",
  notes: "- 支持第二台小票打印机\n- 查找小票更快\n- 修正：重打时页脚缺一行",
  releaseDate: "2026-11-20T08:00:00.000Z",
};

const card = (page: Page, name: string) => page.getByRole("region", { name });

async function typePin(page: Page): Promise<void> {
  await page.getByRole("textbox", { name: "店长密码" }).fill(MANAGER_PIN);
  await page.getByRole("button", { name: "确定" }).click();
}

test("a new version is found, waits for the day end, counts down where all see it, and begins", async ({
  page,
  till,
}) => {
  const { source, ask, sell } = till;
  await goTo(page, "#/settings/updates");
  const now = card(page, "本机正在使用");
  await expect(now).toContainText("票不漏 1.0.0");
  await expect(now).toContainText("还没有检查过更新");
  source.checkError = new UpdateFailure("offline");
  await now.getByRole("button", { name: "立即检查" }).click();
  await expect(now.getByText(/连不上更新服务器/)).toBeVisible();

  await sell();
  source.checkError = null;
  source.offer = OFFER;
  await now.getByRole("button", { name: "立即检查" }).click();
  const next = card(page, "下一个版本");
  await expect(next).toContainText("今天日结之后安装");
  await expect(next.getByRole("listitem")).toHaveCount(3);
  await page.getByRole("button", { name: "现在安装" }).click();
  await typePin(page);
  await expect(page.getByText("今天还没有日结")).toBeVisible();
  await page.keyboard.press("Escape");
  await fits(page, "updates");
  await audit(page, "updates");

  await goTo(page, "#/sell");
  await ask("day.close", { requestId: randomUUID(), signature: null });
  const line = card(page, "更新");
  await expect(line).toContainText(/\d+ 秒后安装票不漏 1\.1\.0/, { timeout: 30_000 });
  await audit(page, "counting down");
  await line.getByRole("button", { name: "今天不装" }).click();
  await expect(line).toBeHidden();

  await goTo(page, "#/settings/updates");
  await expect(next).toContainText("已推迟到下一次日结");
  await page.getByRole("button", { name: "现在安装" }).click();
  await typePin(page);
  await expect(next).toContainText("收银台正在关闭");
  expect(source.done.at(-1)).toBe("install");
});

import type { Locator } from "@playwright/test";
import { productFor, scan, strip } from "./support/counter.ts";
import { MANAGER_PIN } from "./support/shop.ts";
import { expect, test } from "./support/till.ts";

test.use({ clockFactor: 2 });

/** Rows of text of the paper on the screen, without blanks: places are compared where nothing is drawn. */
function rowsOn(paper: Locator): Promise<string[]> {
  return paper
    .locator("[data-role]")
    .allTextContents()
    .then((rows) => rows.map(withoutBlanks).filter((row) => row !== ""));
}

/** The same of paper that came out. */
function rowsOf(text: string): string[] {
  return text
    .split("\n")
    .filter((row) => !/^-+$|^\s*\[/.test(row))
    .map(withoutBlanks)
    .filter((row) => row !== "");
}

const withoutBlanks = (text: string) => text.replaceAll(/\s/g, "");

for (const [pack, receiptLocale, columns] of [
  ["cn", "zh-CN", 42],
  ["uk", "en", 48],
  ["eu", "en", 32],
] as const)
  test(`the strip is the receipt: ${pack}, ${columns} columns`, async ({ page, world }) => {
    await world.setUp({ taxMode: "inclusive", receiptLocale });
    await expect(strip(page)).toBeVisible();
    await world.ask("printer.qualify", {
      requestId: crypto.randomUUID(),
      slot: "receipt",
      found: {
        fingerprint: null,
        answers: true,
        fence: "id",
        fenceMs: 300,
        cover: "skipped",
        columns,
        chinese: "font",
        cutter: true,
        drawer: "none",
      },
      pin: MANAGER_PIN,
    });
    const { template } = await world.ask("settings.get", {});
    const look = {
      header: "天天平价",
      taxId: "GB 123 4567 89",
      returns: "7 天内可退",
      showCodes: true,
    };
    await world.ask("settings.change", {
      patch: { template: { ...template, pack, ...look, qrText: "https://example.org/{no}" } },
      pin: MANAGER_PIN,
    });
    const hanging = strip(page);
    await expect(hanging).toContainText("天天平价");
    const empty = await rowsOn(hanging);
    for (const query of ["nfsq", "kkkl", "nfsq"]) {
      const { code } = await productFor(world, query);
      await scan(page, code);
      await expect(hanging).toContainText(code);
      // What was there before anything was scanned has not moved.
      expect((await rowsOn(hanging)).slice(0, empty.length)).toEqual(empty);
    }
    await expect(hanging.locator("[data-total]")).toContainText("3");
    const before = await rowsOn(hanging);
    // The newest line and what it all comes to are in sight, whatever stands below them.
    await expect(hanging.locator("[aria-pressed=true]")).toBeInViewport({ ratio: 1 });
    await expect(hanging.locator("[data-role=total]").nth(1)).toBeInViewport({ ratio: 1 });

    await page.keyboard.press("F12");
    const leaving = page.locator("[data-leaving]");
    await expect(leaving).toHaveCount(1);
    await expect
      .poll(async () => (await world.ask("status.get", {})).lastSale?.state)
      .toBe("printed");
    const printed = world.printer.paper.slips().find((slip) => slip.text().includes("天天平价"));
    const paper = rowsOf(printed?.text() ?? "");
    expect(paper.length).toBeGreaterThan(12);
    expect(await rowsOn(leaving)).toEqual(paper);
    // Each row that was known while scanning came out as it hung there.
    const known = before.filter((row) => !row.includes("__"));
    expect(known.filter((row) => !paper.includes(row))).toEqual([]);
    expect(known.length).toBeGreaterThan(paper.length - 9);

    // The same sale in history, laid out once more.
    await page.evaluate(() => {
      window.location.hash = "#/history/1";
    });
    const shown = page.getByRole("main").getByRole("region", { name: /小票|Receipt/ });
    await expect(shown.locator("[data-role]").first()).toBeVisible();
    expect(await rowsOn(shown)).toEqual(paper);
  });

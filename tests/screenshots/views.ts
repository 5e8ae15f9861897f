import type { Page } from "@playwright/test";
import { scan } from "../e2e/support/counter.ts";
import { goTo } from "../e2e/support/screen.ts";

/** One picture: how to get there from wherever the page is, and back to a plain screen. */
export interface View {
  name: string;
  open(page: Page, word: (key: string) => string): Promise<void>;
  leave?(page: Page): Promise<void>;
}

const escape = (page: Page) => page.keyboard.press("Escape");

/** A place by its address, shown once its heading (or the strip of paper) is. */
function place(name: string, hash: string, landmark: string): View {
  return {
    name,
    open: async (page) => {
      await goTo(page, hash);
      await page.locator(landmark).first().waitFor();
    },
  };
}

function dialogByKey(name: string, key: string): View {
  return {
    name,
    open: async (page) => {
      await goTo(page, "#/sell");
      await page.locator("main section").first().waitFor();
      await page.keyboard.press(key);
      await page.getByRole("dialog").waitFor();
    },
    leave: escape,
  };
}

/** Everything that can be seen while every receipt is out. */
export const CALM: readonly View[] = [
  place("sell", "#/sell", "main section"),
  dialogByKey("pay-cash", "Enter"),
  dialogByKey("pay-wechat", "F6"),
  dialogByKey("keys", "F1"),
  dialogByKey("cashier", "F4"),
  place("history", "#/history/37", "main h2"),
  place("history-newest", "#/history", "main h2"),
  place("history-seen", "#/history/32", "main h2"),
  {
    name: "history-none",
    open: async (page) => {
      await goTo(page, "#/history");
      await page.getByRole("searchbox").fill("zzzz");
      await page.getByRole("status").getByRole("button").waitFor();
    },
    leave: (page) => page.getByRole("searchbox").fill(""),
  },
  place("day-end", "#/day-end", "main h3"),
  {
    name: "day-end-lower",
    open: async (page) => {
      await goTo(page, "#/day-end");
      await page.locator("#day-causes").scrollIntoViewIfNeeded();
    },
  },
  {
    name: "day-end-close",
    open: async (page, word) => {
      await goTo(page, "#/day-end");
      await page.getByRole("button", { name: word("dayEnd:close.action") }).click();
      await page.getByRole("dialog").waitFor();
    },
    leave: escape,
  },
  place("day-end-a4", "#/print/day/3", "[data-print-ready]"),
  ...["appearance", "shop", "receipt", "printer", "people", "catalogue"].map((section) =>
    place(`settings-${section}`, `#/settings/${section}`, "#settings-section"),
  ),
  {
    name: "pin",
    open: async (page, word) => {
      await goTo(page, "#/settings/catalogue");
      await page.getByRole("button", { name: word("catalogue:drop.sample") }).click();
      await page.getByRole("dialog").waitFor();
    },
    leave: escape,
  },
  {
    name: "import-errors",
    open: async (page, word) => {
      await goTo(page, "#/settings/catalogue");
      await page.locator("input[type=file]").setInputFiles({
        name: "商品.csv",
        mimeType: "text/csv",
        buffer: Buffer.from(
          "条码,品名,售价,单位\n6921168038770,农夫山泉550ml,2.00,瓶\n6921168038771,,两块,瓶\n6921168017881,农夫山泉1.5L,四块,瓶\n",
        ),
      });
      await page.getByRole("button", { name: word("catalogue:import.notYet") }).waitFor();
    },
    leave: (page) => goTo(page, "#/sell"),
  },
];

/** With a receipt that is stuck in one way or another. */
export const STUCK: readonly View[] = [place("reminder", "#/sell", "[role=alertdialog]")];

export const EXITS: readonly View[] = ["seen", "declined", "handwritten", "defer"].map((exit) => ({
  name: `reminder-exit-${exit}`,
  open: async (page, word) => {
    await goTo(page, "#/sell");
    const dialog = page.getByRole("alertdialog");
    await dialog.getByRole("button", { name: word(`reminder:exit.${exit}`) }).click();
  },
  leave: async (page) => {
    await page.getByRole("alertdialog").locator("form button[type=button]").first().click();
  },
}));

export const OWED: readonly View[] = [
  place("history-owed", "#/history/47", "main h2"),
  place("day-end-owed", "#/day-end", "main h3"),
];

/** Fills the basket with one of each of these codes. */
export async function fillBasket(page: Page, codes: readonly string[]): Promise<void> {
  await goTo(page, "#/sell");
  await page.locator("main section").first().waitFor();
  for (const [index, code] of codes.entries()) {
    await scan(page, code);
    await page.locator("main section button[aria-pressed]").nth(index).waitFor();
  }
}

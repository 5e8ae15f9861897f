import type { Locator, Page } from "@playwright/test";

/** Picks an option of a radio group as a finger does: on its words. */
export async function choose(scope: Page | Locator, group: string | RegExp, option: string) {
  const radios = scope.getByRole("radiogroup", { name: group });
  await radios.getByText(option, { exact: true }).click();
}

/** Opens a select field and picks an option. Its list opens over everything else on the page. */
export async function pick(page: Page, field: string, option: string) {
  await page.getByRole("button", { name: new RegExp(`${field}$`) }).click();
  await page.getByRole("option", { name: option, exact: true }).click();
}

/** Goes to a screen by its address, `#/history`, without leaving the page. */
export async function goTo(page: Page, hash: string) {
  await page.evaluate((to) => {
    window.location.hash = to;
  }, hash);
}

/** Waits until nothing on the page fades or slides any more; spinners and the like go on for ever. */
export async function stillness(page: Page): Promise<void> {
  await page.evaluate(async () => {
    const passing = document
      .getAnimations()
      .filter((animation) => Number.isFinite(animation.effect?.getComputedTiming().endTime));
    await Promise.allSettled(passing.map((animation) => animation.finished));
  });
}

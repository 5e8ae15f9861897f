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

/** Longer ones tell of time that passes (paper that moves, a wait) and change nothing that has to settle. */
const LONGEST_FADE_MS = 1_500;

/** Waits until nothing on the page fades or slides in any more. */
export async function stillness(page: Page): Promise<void> {
  await page.evaluate(async (longestMs) => {
    const passing = document.getAnimations().filter(({ effect, playState }) => {
      const endMs = Number(effect?.getComputedTiming().endTime);
      return playState === "running" && endMs <= longestMs;
    });
    await Promise.allSettled(passing.map((animation) => animation.finished));
  }, LONGEST_FADE_MS);
}

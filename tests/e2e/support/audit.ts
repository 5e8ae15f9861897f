import type { Page } from "@playwright/test";
import axe from "axe-core";
import { stillness } from "./screen.ts";
import { expect } from "./till.ts";

const WCAG_2_2_AA = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];

/** The smallest screen the till is made for, and a common large one. */
const SIZES = [
  { width: 1024, height: 768 },
  { width: 1920, height: 1080 },
];

/** What axe finds against WCAG 2.2 AA on what is shown now, one line each. Reported, and the walk goes on. */
export async function audit(page: Page, screen: string): Promise<void> {
  await stillness(page);
  // Once a page: reading the tool takes longer than looking.
  const isThere = await page.evaluate(() => "axe" in globalThis);
  if (!isThere) await page.evaluate(axe.source);
  const { violations } = await page.evaluate(
    async (tags) =>
      (globalThis as unknown as { axe: typeof axe }).axe.run(
        // Paper on its way out: hidden from assistive technology, and fading because motion is reduced.
        { exclude: [["[data-leaving]"]] },
        { runOnly: { type: "tag", values: tags }, resultTypes: ["violations"] },
      ),
    WCAG_2_2_AA,
  );
  const lines = violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target, any, all, none }) => {
      const why = [...any, ...all, ...none].map(({ message }) => message).join("; ");
      return `${id} ${target.join(" ")}: ${why}`;
    }),
  );
  expect.soft(lines, `${screen}: accessibility`).toEqual([]);
}

/** Nothing has to be scrolled sideways, on a small screen or a large one. */
export async function fits(page: Page, screen: string): Promise<void> {
  const before = page.viewportSize();
  for (const size of SIZES) {
    await page.setViewportSize(size);
    await expect.soft
      .poll(() => tooWide(page), { message: `${screen} at ${size.width}×${size.height}: too wide` })
      .toEqual([]);
  }
  if (before) await page.setViewportSize(before);
}

/** Nothing when the page is no wider than its window, else what reaches out of it. */
async function tooWide(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const width = window.innerWidth;
    if (document.documentElement.scrollWidth <= width) return [];
    return [...document.querySelectorAll("body *")].flatMap((element) => {
      const { left, right } = element.getBoundingClientRect();
      const name = `${element.tagName} ${element.getAttribute("class") ?? ""}`;
      return right > width + 0.5 ? [`${name}: ${left}–${right}`] : [];
    });
  });
}

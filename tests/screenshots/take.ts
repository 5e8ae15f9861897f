import { mkdirSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { chromium, type BrowserContext } from "@playwright/test";
import { appDir } from "../../main/shells/app-paths.ts";
import { findChromium } from "../../main/shells/browser/chromium.ts";
import { ensureBuilt, RENDERER } from "../../main/shells/launch/build.ts";
import { makeSale } from "../e2e/support/sales.ts";
import { stillness } from "../e2e/support/screen.ts";
import { browserShell } from "../e2e/support/shells.ts";
import { MANAGER_PIN } from "../e2e/support/shop.ts";
import { wordsOf } from "../e2e/support/words.ts";
import { withWorld, type World } from "../e2e/support/world.ts";
import { makeAfternoon } from "./afternoon.ts";
import { CALM, EXITS, fillBasket, OWED, STUCK, type View } from "./views.ts";

/*
 * Pictures of the screens after a believable afternoon. Without arguments: the four of the README, into
 * docs/images. With `--all`: every screen in both languages and themes at two sizes, into `--out`.
 */

/** Slow enough that the printer is never taken for dead on a busy machine. */
const CLOCK_FACTOR = 2;
/** Local hour the pictures show, wherever and whenever they are taken. */
const LOCAL_HOUR = 17;
const README_SIZE = { width: 1366, height: 768 };
const SIZES = [
  { width: 1024, height: 768 },
  { width: 1920, height: 1080 },
];

type Locale = "zh-CN" | "en";
type Theme = "light" | "dark";

/** What goes into the basket of the pictures, by catalogue query; the first twelve that are known. */
const BASKET =
  "农夫山泉 可口可乐 纯牛奶 方便面 薯片 火腿肠 抽纸 牙膏 酱油 饼干 巧克力 啤酒 洗衣液 口香糖".split(
    " ",
  );

/** The time zone in which it is now about `LOCAL_HOUR` o'clock; `Etc` zones count backwards. */
function timeZone(): string {
  const ahead = LOCAL_HOUR - new Date().getUTCHours();
  const hours = ahead > 14 ? ahead - 24 : ahead;
  return `Etc/GMT${hours > 0 ? "-" : "+"}${Math.abs(hours)}`;
}

class Camera {
  private readonly world: World;
  private readonly folder: string;
  count = 0;

  constructor(world: World, folder: string) {
    this.world = world;
    this.folder = folder;
  }

  /** Each view in the look the till has now. */
  async shoot(views: readonly View[], locale: Locale, suffix: string): Promise<void> {
    const { page } = this.world;
    for (const view of views) {
      await view.open(page, wordsOf(locale));
      await this.save(view.name + suffix);
      await view.leave?.(page);
    }
  }

  async save(name: string): Promise<void> {
    const { page } = this.world;
    await page.mouse.move(0, 0);
    await page.evaluate(() => document.fonts.ready);
    await stillness(page);
    const path = join(this.folder, `${name}.png`);
    await page.screenshot({ path });
    this.count += 1;
    process.stdout.write(`${path} ${Math.round(statSync(path).size / 1024)} KB\n`);
  }
}

async function dress(world: World, locale: Locale, theme: Theme): Promise<void> {
  await world.ask("settings.appearance", { locale, theme });
  const patch = { receiptLocale: locale };
  await world.ask("settings.change", { patch, pin: MANAGER_PIN });
  await world.page.locator(`html[lang="${locale}"][data-theme="${theme}"]`).waitFor();
}

/** Twelve codes of the sample catalogue. */
async function basketCodes(world: World): Promise<string[]> {
  const codes: string[] = [];
  for (const query of BASKET) {
    if (codes.length === 12) break;
    const { products } = await world.ask("catalogue.search", { query, limit: 3 });
    const next = products.find(({ code }) => !codes.includes(code));
    if (next) codes.push(next.code);
  }
  return codes;
}

/** The newest sale without its paper: the roll is empty. */
async function runOutOfPaper(world: World): Promise<void> {
  world.printer.setFault({ kind: "paperOut", afterMm: 0 });
  await makeSale(world, {
    bought: [{ query: "可口可乐", pieces: 2 }, { query: "饼干" }],
    tenderedMinor: 5000,
  });
}

async function forReadme(world: World, folder: string): Promise<void> {
  const camera = new Camera(world, folder);
  const views = CALM.filter(({ name }) => name === "history" || name === "day-end");
  await world.page.setViewportSize(README_SIZE);
  await dress(world, "zh-CN", "light");
  await fillBasket(world.page, await basketCodes(world));
  await camera.save("sell");
  await camera.shoot(views, "zh-CN", "");
  await world.ask("basket.keep", { basket: { lines: [], discountMinor: 0 } });
  await world.page.reload();
  await runOutOfPaper(world);
  await camera.shoot(STUCK, "zh-CN", "");
}

/** Every look, one after the other. */
async function everyLook(world: World, use: (locale: Locale, suffix: string) => Promise<void>) {
  for (const locale of ["zh-CN", "en"] as const)
    for (const theme of ["light", "dark"] as const) {
      await dress(world, locale, theme);
      for (const size of SIZES) {
        await world.page.setViewportSize(size);
        await use(locale, `.${locale}.${theme}.${size.width}`);
      }
    }
}

async function everything(world: World, folder: string): Promise<void> {
  const camera = new Camera(world, folder);
  await fillBasket(world.page, await basketCodes(world));
  await everyLook(world, (locale, suffix) => camera.shoot(CALM, locale, suffix));
  await world.ask("basket.keep", { basket: { lines: [], discountMinor: 0 } });
  await world.page.reload();
  await everyLook(world, (locale, suffix) =>
    camera.shoot(
      CALM.filter(({ name }) => name === "sell").map((view) => ({ ...view, name: "sell-empty" })),
      locale,
      suffix,
    ),
  );
  await runOutOfPaper(world);
  await everyLook(world, (locale, suffix) =>
    camera.shoot([...STUCK, ...EXITS, ...OWED], locale, suffix),
  );
}

async function take(context: BrowserContext, isAll: boolean, folder: string): Promise<void> {
  mkdirSync(folder, { recursive: true });
  const printer = { widthMm: 80 as const, speedMmPerS: 250 };
  const options = {
    locale: "zh-CN",
    clockFactor: CLOCK_FACTOR,
    printer,
    args: [],
    emptyPage: null,
  };
  await withWorld(browserShell(context), options, async (world) => {
    await world.kill9();
    await makeAfternoon(world, Date.now(), CLOCK_FACTOR);
    await world.restart();
    await (isAll ? everything(world, folder) : forReadme(world, folder));
  });
}

const { values } = parseArgs({ options: { all: { type: "boolean" }, out: { type: "string" } } });
const isAll = values.all === true;
const folder =
  values.out ?? (isAll ? join(tmpdir(), "slipsure-screens") : join(appDir(), "docs", "images"));
const executablePath = findChromium();
if (executablePath === null) throw new Error("No Chromium, Chrome or Edge was found.");
// Before the first date is made: till and page live in the same zone.
process.env["TZ"] = timeZone();
ensureBuilt(appDir(), RENDERER);
const browser = await chromium.launch({
  executablePath,
  args: ["--disable-gpu", "--force-color-profile=srgb"],
});
try {
  const context = await browser.newContext({ locale: "zh-CN", timezoneId: timeZone() });
  await take(context, isAll, folder);
} finally {
  await browser.close();
}

import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { chromium, type Page } from "@playwright/test";
import { appDir } from "../../main/shells/app-paths.ts";
import { findChromium } from "../../main/shells/browser/chromium.ts";
import { encodeBmp, encodeIco } from "./image-files.ts";

/** Below this many pixels the small drawing is clearer. */
const SMALL_UP_TO_PX = 32;
const LINUX_SIZES = [16, 24, 32, 48, 64, 128, 256, 512];
const WINDOWS_SIZES = [16, 24, 32, 48, 64, 128, 256];
/** Sizes of the two pictures of NSIS' pages (electron-builder, NsisOptions). */
const BITMAPS = [
  { name: "installer-sidebar", file: "installerSidebar.bmp", width: 164, height: 314 },
  { name: "installer-sidebar", file: "uninstallerSidebar.bmp", width: 164, height: 314 },
  { name: "installer-header", file: "installerHeader.bmp", width: 150, height: 57 },
];

const assets = join(appDir(), "assets");
const source = (name: string) => readFileSync(join(assets, "artwork", `${name}.svg`), "utf8");

/** A drawing in so many pixels: as a PNG file and as bare red, green, blue, alpha. */
async function draw(page: Page, svg: string, width: number, height: number) {
  const drawn = await page.evaluate(
    async ({ text, wide, high }) => {
      const image = new Image(wide, high);
      image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(text)}`;
      await image.decode();
      const canvas = Object.assign(document.createElement("canvas"), { width: wide, height: high });
      const context = canvas.getContext("2d");
      if (!context) throw new Error("no canvas");
      context.drawImage(image, 0, 0, wide, high);
      const { data } = context.getImageData(0, 0, wide, high);
      return { png: canvas.toDataURL("image/png"), rgba: [...data] };
    },
    { text: svg, wide: width, high: height },
  );
  const png = Buffer.from(drawn.png.slice(drawn.png.indexOf(",") + 1), "base64");
  return { png, rgba: Buffer.from(drawn.rgba), width, height };
}

/** Draws icons and installer pictures anew from `assets/artwork`. */
async function drawAll(page: Page): Promise<void> {
  const installer = join(assets, "installer");
  mkdirSync(join(installer, "icons"), { recursive: true });
  const iconOf = (px: number) =>
    draw(page, source(px <= SMALL_UP_TO_PX ? "icon-small" : "icon"), px, px);
  for (const px of LINUX_SIZES)
    writeFileSync(join(installer, "icons", `${px}x${px}.png`), (await iconOf(px)).png);
  const windows = [];
  for (const px of WINDOWS_SIZES) windows.push(await iconOf(px));
  writeFileSync(join(installer, "icon.ico"), encodeIco(windows));
  for (const { name, file, width, height } of BITMAPS)
    writeFileSync(join(installer, file), encodeBmp(await draw(page, source(name), width, height)));
}

const executablePath = findChromium();
if (executablePath === null) throw new Error("No Chromium, Chrome or Edge was found.");
const browser = await chromium.launch({ executablePath, args: ["--force-color-profile=srgb"] });
try {
  await drawAll(await browser.newPage());
} finally {
  await browser.close();
}

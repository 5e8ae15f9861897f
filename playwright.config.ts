import { defineConfig } from "@playwright/test";
import type { TillOptions } from "./tests/e2e/support/till.ts";

/** The same specs for both shells. Without Electron's binary its project is skipped, and says why. */
export default defineConfig<TillOptions>({
  testDir: "tests/e2e",
  testMatch: "**/*.spec.ts",
  outputDir: "test-results",
  globalSetup: "./tests/e2e/support/build.ts",
  // A till, its printer and its page keep a processor busy.
  workers: 2,
  fullyParallel: true,
  // On a machine that stalls, an honest answer can look doubtful and the till rightly asks a person.
  // A second try tells that from a fault; what needed it is listed as flaky.
  retries: 1,
  forbidOnly: true,
  // Only for what hangs: on a machine that is busy beside the specs everything takes some times as long.
  timeout: 120_000,
  expect: { timeout: 30_000 },
  // Still pictures: without a graphics card moving ones take the time the specs need.
  use: {
    locale: "zh-CN",
    trace: "off",
    contextOptions: { reducedMotion: "reduce" },
  },
  projects: [
    { name: "browser", use: { shell: "browser" } },
    { name: "electron", use: { shell: "electron" } },
  ],
});

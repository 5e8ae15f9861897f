import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { z } from "zod";
import { appDir } from "../../../main/shells/app-paths.ts";

const root = appDir();
const folder = join(root, ".github", "workflows");

const stepSchema = z.union([
  z.object({ uses: z.string() }),
  z.object({ run: z.string(), name: z.string().optional() }),
]);
const workflowSchema = z.object({
  name: z.string(),
  permissions: z.record(z.string(), z.string()),
  jobs: z.record(
    z.string(),
    z.object({ "runs-on": z.string(), steps: z.array(stepSchema).min(1) }),
  ),
});

const files = readdirSync(folder);
const scripts = z
  .object({ scripts: z.record(z.string(), z.string()) })
  .parse(JSON.parse(readFileSync(join(root, "package.json"), "utf8"))).scripts;

describe.each(files)("%s", (file) => {
  const text = readFileSync(join(folder, file), "utf8");
  const { permissions, jobs } = workflowSchema.parse(parse(text));
  const steps = Object.values(jobs).flatMap((job) => job.steps);
  const runs = steps.flatMap((step) => ("run" in step ? [step.run] : []));

  it("pins every action, needs no secret and may by itself only read", () => {
    for (const step of steps)
      if ("uses" in step) expect(step.uses).toMatch(/^actions\/[\w-]+@v\d+\.\d+\.\d+$/);
    expect(text).not.toMatch(/secrets\./);
    expect(permissions).toEqual({ contents: "read" });
  });

  it("calls only scripts and programs that exist", () => {
    expect(runs).not.toEqual([]);
    for (const command of runs) {
      for (const [path] of command.matchAll(/\b(?:main|tests|assets)\/[\w./-]+\.\w+/g))
        expect(existsSync(join(root, path)), path).toBe(true);
      for (const [, name = ""] of command.matchAll(/npx ([\w-]+)/g))
        expect(existsSync(join(root, "node_modules", ".bin", name)), name).toBe(true);
      for (const [, name = ""] of command.matchAll(/npm (?:run )?(test|start|run \w+)/g))
        expect(Object.keys(scripts)).toContain(name.replace("run ", ""));
      for (const [path] of command.matchAll(/node_modules\/[\w./-]+/g))
        expect(existsSync(join(root, path)), path).toBe(true);
    }
  });
});

it("installs on ARM the very koffi that is used", () => {
  const { version } = z
    .object({ version: z.string() })
    .parse(JSON.parse(readFileSync(join(root, "node_modules/koffi/package.json"), "utf8")));
  const text = readFileSync(join(folder, "installers.yml"), "utf8");
  expect(text).toContain(`@koromix/koffi-win32-arm64@${version}`);
});

import { readFileSync, rmSync } from "node:fs";
import { isBuiltin } from "node:module";
import { join } from "node:path";
import { defineConfig, type EnvironmentOptions } from "vite";

const root = import.meta.dirname;
const { dependencies } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as {
  dependencies: Record<string, string>;
};
/**
 * `dependencies` stay packages: some find files beside themselves, some are native, some are rarely needed.
 * What every start loads is bundled, because one file is read sooner than a hundred.
 */
const isPackage = (id: string) =>
  isBuiltin(id) ||
  ["electron", ...Object.keys(dependencies)].some(
    (name) => id === name || id.startsWith(`${name}/`),
  );

/** One preload as one CommonJS file. */
function preload(name: string, source: string): EnvironmentOptions {
  return {
    consumer: "server",
    build: {
      outDir: "dist",
      emptyOutDir: false,
      target: "node24",
      minify: false,
      rolldownOptions: {
        input: { [name]: join(root, source) },
        external: isPackage,
        output: { format: "cjs", entryFileNames: "[name].cjs" },
      },
    },
  };
}

/**
 * Bundles what runs outside the page for packaging: both shells over one till as modules, and the
 * preloads as one CommonJS file each, the only form a sandboxed preload may have (Electron, docs/tutorial/esm.md).
 */
export default defineConfig({
  root,
  publicDir: false,
  builder: {
    buildApp: async (builder) => {
      for (const folder of ["main", "electron"])
        rmSync(join(root, "dist", folder), { recursive: true, force: true });
      for (const name of ["main", "preload", "customerPreload"]) {
        const environment = builder.environments[name];
        if (environment) await builder.build(environment);
      }
    },
  },
  environments: {
    // Each by itself: a sandboxed preload can't load a part it would share with the other.
    preload: preload("electron/preload", "preload/index.ts"),
    customerPreload: preload("electron/customer-preload", "preload/customer.ts"),
    main: {
      consumer: "server",
      // Only what `isPackage` says stays outside; Vite by itself leaves every package outside.
      resolve: { noExternal: true },
      build: {
        outDir: "dist",
        emptyOutDir: false,
        target: "node24",
        minify: false,
        license: { fileName: "main/.vite/license.json" },
        rolldownOptions: {
          input: {
            "main/browser": join(root, "main/shells/browser/main.ts"),
            "main/backup-worker": join(root, "main/backup/worker-main.ts"),
            "main/books-thread": join(root, "main/books/thread-main.ts"),
            "main/printer-host": join(root, "main/printing/native/host-main.ts"),
            "main/log-reader": join(root, "main/till/log-reader-main.ts"),
            "main/tcp-thread": join(root, "main/printing/transports/tcp/tcp-thread-main.ts"),
            "main/pinyin": join(root, "main/catalogue/pinyin-main.ts"),
            "electron/main": join(root, "main/shells/electron/main.ts"),
          },
          external: isPackage,
          output: {
            format: "es",
            entryFileNames: "[name].js",
            chunkFileNames: "main/[name].js",
          },
        },
      },
    },
  },
});

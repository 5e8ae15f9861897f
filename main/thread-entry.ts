import { join } from "node:path";

/**
 * Where the program of a thread is: its source beside the module that starts it, or what it was bundled to.
 * @param here the `import.meta` of that module.
 * @param source file name of the source, for example "worker-main.ts".
 * @param bundle file name in `dist/main`, whichever folder of `dist` the module was bundled into.
 */
export function threadEntry(
  here: { filename: string; dirname: string },
  source: string,
  bundle: string,
): string {
  return here.filename.endsWith(".ts")
    ? join(here.dirname, source)
    : join(here.dirname, "..", "main", bundle);
}

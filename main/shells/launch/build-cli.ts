import { appDir } from "../app-paths.ts";
import { ensureBuilt, MAIN, RENDERER } from "./build.ts";

/** Builds what goes into a package: the page, then the program. */
for (const target of [RENDERER, MAIN]) ensureBuilt(appDir(), target);

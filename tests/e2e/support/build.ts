import { appDir } from "../../../main/shells/app-paths.ts";
import { ensureBuilt, MAIN, RENDERER } from "../../../main/shells/launch/build.ts";

/** Before all specs: the page and the main process of both shells, as the sources are now. */
export default function buildWhatIsTested(): void {
  const root = appDir();
  ensureBuilt(root, RENDERER);
  ensureBuilt(root, MAIN);
}

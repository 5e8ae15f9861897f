import { appDir } from "../../../main/shells/app-paths.ts";
import { ensureBuilt, MAIN, RENDERER } from "../../../main/shells/launch/build.ts";
import { installedElectron } from "../../../main/shells/launch/electron-binary.ts";

/** Before all specs: the page, and for Electron its main process, as the sources are now. */
export default function buildWhatIsTested(): void {
  const root = appDir();
  ensureBuilt(root, RENDERER);
  if (installedElectron(root) !== null) ensureBuilt(root, MAIN);
}

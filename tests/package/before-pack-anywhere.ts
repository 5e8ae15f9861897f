import { writeLicences } from "../../main/packaging/before-pack.ts";

/** In place of the real hook for a system whose native parts are not installed here; the rest is the same. */
export function beforePack({ packager }: { packager: { projectDir: string } }): void {
  writeLicences(packager.projectDir);
}

import { call } from "../../bridge/index.ts";
import { bytesOfBase64, saveFile } from "../day-end/save-file.ts";

/** Fetches an archive piece by piece and hands it over as a download. @throws CallRefused */
export async function saveArchive(id: string, fileName: string): Promise<void> {
  const pieces: Blob[] = [];
  for (let offset: number | null = 0; offset !== null;) {
    // oxlint-disable-next-line no-await-in-loop -- one piece after the other
    const { bytes, next }: { bytes: string; next: number | null } = await call("archive.read", {
      id,
      offset,
    });
    // A blob each: the browser puts large ones on the disk.
    pieces.push(new Blob([bytesOfBase64(bytes)]));
    offset = next;
  }
  saveFile(fileName, new Blob(pieces), "application/zip");
}

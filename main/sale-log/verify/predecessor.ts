import { existsSync } from "node:fs";
import { join } from "node:path";
import { logPath } from "../open-log.ts";
import { EventIndex } from "../salvage/event-index.ts";
import { readWitness, witnessPath } from "../witness.ts";
import type { Continued } from "./event-check.ts";

/**
 * How a log stands to the damaged one it goes on from. `fits`: that one has the very entry this log is chained
 * to; `contradicts`: it has another one of that number; `endMissing`: its end can't be read; `absent`: the
 * folder is not here.
 */
export type PredecessorLink = "fits" | "contradicts" | "endMissing" | "absent";

/** Looks whether the damaged file, kept beside the books, is the one a log says it goes on from. */
export function checkPredecessor(
  dataDir: string,
  { setAside, begins }: Pick<Continued, "setAside" | "begins">,
): PredecessorLink {
  const folder = join(dataDir, setAside);
  if (setAside === "" || !existsSync(folder)) return "absent";
  const index = new EventIndex();
  try {
    const path = logPath(folder);
    const wal = `${path}-wal`;
    if (existsSync(path)) index.add("set aside", path, existsSync(wal) ? wal : null, () => {});
    index.sort();
    const witness = readWitness(witnessPath(folder))?.anchors ?? [];
    const hashes = [
      ...index.candidates(begins.seq).map(({ hash }) => hash),
      ...[...index.anchors, ...witness].flatMap(({ seq, hash }) =>
        seq === begins.seq ? [hash] : [],
      ),
    ];
    if (hashes.includes(begins.hash)) return "fits";
    return hashes.length > 0 ? "contradicts" : "endMissing";
  } finally {
    index.close();
  }
}

import { createHash } from "node:crypto";
import type { Rollout } from "./source.ts";

/** Numbers a till can have in a rollout: fine enough for one in ten thousand. */
const STEPS = 10_000;

/**
 * Whether a version is for this till yet. Every version deals the tills anew, so that it is not always
 * the same shops that go first; a till that was in at 10 % still is at 50 %.
 */
export function isForTill(tillId: string, { version, stagingPercentage }: Rollout): boolean {
  if (stagingPercentage === undefined || !Number.isFinite(stagingPercentage)) return true;
  const digest = createHash("sha256").update(`${version}\0${tillId}`).digest();
  return digest.readUInt32BE(0) % STEPS < (stagingPercentage / 100) * STEPS;
}

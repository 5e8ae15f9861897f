import { readlinkSync } from "node:fs";
import { join } from "node:path";

/**
 * Whether another program has Electron's lock of a profile; to be asked when this one does not get it. It does not get
 * it either where the lock can't be made, as on a full disk (Electron, App::RequestSingleInstanceLock, LOCK_ERROR), and
 * a till that then ends without a word can't even say that the disk is full. The books have a lock of their own.
 */
export function isHeldByAnother(profileDir: string, platform: NodeJS.Platform): boolean {
  // There is nothing to look at there.
  if (platform === "win32") return true;
  const pid = holderOf(join(profileDir, "SingletonLock"));
  return pid !== null && pid !== process.pid && isRunning(pid);
}

/** A link to `HOST-PID`, where nothing is (Chromium, process_singleton_posix.cc). */
function holderOf(lock: string): number | null {
  try {
    const pid = /-(\d+)$/.exec(readlinkSync(lock))?.[1];
    return pid === undefined ? null : Number(pid);
  } catch {
    return null;
  }
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}

import { spawnSync } from "node:child_process";
import { closeSync, ftruncateSync, mkdirSync, openSync } from "node:fs";

/** A disk of its own under a folder; only an administrator of a Linux may make one. */
export interface Mount {
  dir: string;
  remount(how: "ro" | "rw"): void;
  unmount(): void;
}

/** Why no disk can be mounted here; null: it can. */
export function whyNoMount(): string | null {
  if (process.platform !== "linux") return "needs Linux";
  if (process.getuid?.() !== 0) return "needs root, to mount a disk of its own";
  const tried = spawnSync("unshare", ["-m", "mount", "-t", "tmpfs", "tmpfs", "/mnt"]);
  return tried.status === 0 ? null : "this system does not let root mount";
}

/** A disk in memory. @throws Error when it can't be mounted */
export function memoryDisk(dir: string, megabytes: number): Mount {
  return mount(dir, ["-t", "tmpfs", "-o", `size=${megabytes}m`, "tmpfs"]);
}

/** A disk in a file. @throws Error when it can't be mounted */
export function fileDisk(dir: string, image: string): Mount {
  return mount(dir, ["-o", "loop", image]);
}

/** An empty ext4 in a file. @throws Error without mkfs.ext4 */
export function makeDisk(image: string, bytes: number): void {
  const file = openSync(image, "w");
  ftruncateSync(file, bytes);
  closeSync(file);
  system("mkfs.ext4", ["-q", "-F", image]);
}

function mount(dir: string, what: readonly string[]): Mount {
  mkdirSync(dir, { recursive: true });
  system("mount", [...what, dir]);
  return {
    dir,
    remount: (how) => system("mount", ["-o", `remount,${how}`, dir]),
    unmount: () => system("umount", [dir]),
  };
}

/** @throws Error with what the command said */
function system(command: string, args: readonly string[]): void {
  const { status, stderr, error } = spawnSync(command, [...args], { encoding: "utf8" });
  if (error) throw error;
  if (status !== 0) throw new Error(`${command} ${args.join(" ")}: ${stderr.trim()}`);
}

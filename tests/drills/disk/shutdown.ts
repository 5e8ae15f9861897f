import { closeSync, openSync } from "node:fs";

/** `_IOR('X', 125, __u32)`, the same number for xfs, ext4 and f2fs. (Linux, fs/ext4/ext4.h, EXT4_IOC_SHUTDOWN) */
const SHUTDOWN = 0x8004_587dn;
/** Drops even the journal that was not flushed: all that a power cut leaves is what was synced. */
const NO_LOG_FLUSH = 2;

/** Cuts the power of a mounted file system: nothing that is not on the disk yet gets there. @throws Error */
export type CutPower = (dir: string) => void;

/** Ready to cut at once. */
export async function powerSwitch(): Promise<CutPower> {
  const { default: koffi } = await import("koffi");
  const ioctl = koffi
    .load("libc.so.6")
    .func("int ioctl(int fd, unsigned long request, uint32_t *flags)") as (
    fd: number,
    request: bigint,
    flags: number[],
  ) => number;
  return (dir) => {
    const fd = openSync(dir, "r");
    try {
      if (ioctl(fd, SHUTDOWN, [NO_LOG_FLUSH]) !== 0)
        throw new Error(`the file system of ${dir} can't be shut down (errno ${koffi.errno()})`);
    } finally {
      closeSync(fd);
    }
  };
}

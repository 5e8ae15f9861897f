/** The log, what lies beside it, and the index made from it. */
const LOG_FILE = /^slipsure(\.db|-search\.db|\.witness)(-wal|-shm|-journal)?$/;

/**
 * Whether a file of a data folder belongs to the books, and goes with them when they are set aside. The till's
 * key is for the caller to decide; everything else in the folder stays where it is.
 */
export function isLogFile(name: string): boolean {
  return LOG_FILE.test(name);
}

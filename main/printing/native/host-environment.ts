/**
 * Native calls that wait (a spooler, a serial port, a file) each hold one of libuv's worker threads, of which
 * there are four unless the environment says otherwise before the process starts (libuv, threadpool). With one
 * call under way for each printer, this is enough for more printers than a counter has.
 */
const WORKER_THREADS = 16;

/** The environment a printer host is started with. */
export function hostEnvironment(): Record<string, string> {
  const own = Object.entries(process.env).filter(
    (entry): entry is [string, string] => entry[1] !== undefined,
  );
  return { ...Object.fromEntries(own), UV_THREADPOOL_SIZE: String(WORKER_THREADS) };
}

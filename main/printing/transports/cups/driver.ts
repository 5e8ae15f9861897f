import type { FoundPrinter } from "../../../contract/printers.ts";
import type { NativeDriver } from "../../native/driver.ts";
import { PrinterUnreachable } from "../../transport.ts";
import { CupsSpool, look, takesJobs } from "./cups-spool.ts";
import type { Queue, Spooler } from "./queues.ts";

const FIND_TIMEOUT_MS = 3_500;

/** Print queues of Linux and macOS. */
export function createDriver(): Promise<NativeDriver<"cups">> {
  return Promise.resolve({
    kind: "cups",
    find: async () => (await lookAround()).queues.map(asPrinter),
    spool: ({ queue }) => new CupsSpool(queue),
  });
}

/** Where CUPS is not installed or does not run, there are no queues. */
async function lookAround(): Promise<Spooler> {
  try {
    return await look(FIND_TIMEOUT_MS);
  } catch (error) {
    if (error instanceof PrinterUnreachable) return { queues: [], jobs: [] };
    throw error;
  }
}

function asPrinter(queue: Queue): FoundPrinter {
  const hint = ((): FoundPrinter["hint"] => {
    if (!endsOnPaper(queue)) return "notAPaperPrinter";
    return takesJobs(queue) ? null : "paused";
  })();
  return {
    config: { kind: "cups", queue: queue.name },
    name: queue.name,
    detail: withoutPassword(queue.deviceUri ?? queue.name),
    hint,
  };
}

/** Queues that make files or faxes; lpstat shows `file:` devices as bare paths. */
function endsOnPaper({ name, deviceUri }: Queue): boolean {
  const uri = deviceUri ?? "";
  const isFile =
    uri.startsWith("/") && !uri.startsWith("/dev/usb/") && !/^\/dev\/(lp|tty)/.test(uri);
  return (
    !isFile && !/^(cups-pdf|fax|hpfax|file):/i.test(uri) && !/(^|[^a-z])pdf([^a-z]|$)/i.test(name)
  );
}

function withoutPassword(uri: string): string {
  return uri.replace(/^([a-z][a-z0-9+.-]*:\/\/)[^/@]*@/i, "$1");
}

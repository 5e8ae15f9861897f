import type { FoundPrinter } from "../../../contract/printers.ts";
import type { NativeDriver } from "../../native/driver.ts";
import { listQueues } from "./queue.ts";
import { hintOfQueue, type QueueState } from "./queue-state.ts";
import { SpoolerTransport } from "./spooler-transport.ts";
import { loadWinspool } from "./winspool-table.ts";
import type { Winspool } from "./winspool.ts";

/** Windows print queues, for the functions handed in. */
export function createSpoolerDriver(winspool: Winspool): NativeDriver<"spooler"> {
  return {
    kind: "spooler",
    find: async (problem) => (await listQueues(winspool, problem)).map(foundPrinter),
    spool: ({ queue }) => new SpoolerTransport(winspool, queue),
  };
}

/** Windows print queues. @throws Error where Windows' libraries can't be loaded */
export function createDriver(): NativeDriver<"spooler"> {
  return createSpoolerDriver(loadWinspool());
}

function foundPrinter(queue: QueueState): FoundPrinter {
  const detail = [queue.port, queue.driver].filter((part) => part !== "").join(", ");
  return {
    config: { kind: "spooler", queue: queue.name },
    name: queue.name,
    detail,
    hint: hintOfQueue(queue),
  };
}

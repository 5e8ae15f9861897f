import { z } from "zod";
import { foundPrinterSchema, type FoundPrinter } from "../../contract/printers.ts";
import type { NativePrinterKind } from "./driver.ts";
import type { HostConnection } from "./host-connection.ts";
import { messageOf } from "./host-error.ts";

const FIND_TIMEOUT_MS = 5_000;

/** What can prove the most and needs the least comes first. */
const KIND_ORDER: readonly NativePrinterKind[] = [
  "usbprint",
  "usb",
  "lp",
  "serial",
  "spooler",
  "cups",
];

const isKind = (kind: string): kind is NativePrinterKind =>
  (KIND_ORDER as readonly string[]).includes(kind);

/** A host for one search: looking must not endanger the links of a receipt under way. */
export interface FindHost {
  connection: HostConnection;
  close(): void;
}

/**
 * Asks all drivers at once. When one takes the whole host down, those that had not answered are asked
 * again, each in a host of its own, so that only the bad one stays unheard.
 * @param problem told of every driver that could not look and every printer nobody can read.
 */
export async function findPrinters(
  spawn: () => FindHost,
  problem: (error: Error) => void,
): Promise<FoundPrinter[]> {
  const first = await ask(spawn, null, problem);
  const again = await Promise.all(
    first.unheard.map(async (kind) => {
      const alone = await ask(spawn, kind, problem);
      if (alone.unheard.length > 0) problem(new Error(`${kind}: looking for printers failed`));
      return alone.found;
    }),
  );
  return inOrder([...first.found, ...again.flat()]);
}

interface Answer {
  found: FoundPrinter[];
  /** Kinds that had not answered when the host ended. */
  unheard: NativePrinterKind[];
}

/** @param only null: all that the host knows. */
async function ask(
  spawn: () => FindHost,
  only: NativePrinterKind | null,
  problem: (error: Error) => void,
): Promise<Answer> {
  const host = spawn();
  const answer: Answer = { found: [], unheard: [] };
  try {
    const known = (await host.connection.ready).filter(isKind);
    answer.unheard = only === null ? known : [only];
    const request = { type: "find", kinds: answer.unheard } as const;
    await host.connection.call(request, z.unknown(), FIND_TIMEOUT_MS, (kind, printers) => {
      answer.unheard = answer.unheard.filter((other) => other !== kind);
      for (const printer of printers) {
        const parsed = foundPrinterSchema.safeParse(printer);
        if (parsed.success) answer.found.push(parsed.data);
        else problem(new Error(`${kind}: found what is no printer: ${parsed.error.message}`));
      }
    });
  } catch (error) {
    problem(new Error(`looking for printers: ${messageOf(error)}`));
  } finally {
    host.close();
  }
  return answer;
}

function inOrder(found: FoundPrinter[]): FoundPrinter[] {
  const rank = ({ config, hint }: FoundPrinter) =>
    (hint === null ? 0 : KIND_ORDER.length + 2) +
    KIND_ORDER.findIndex((kind) => kind === config.kind);
  return found.toSorted((a, b) => rank(a) - rank(b));
}

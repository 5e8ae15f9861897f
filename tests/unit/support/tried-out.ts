import type { CallInput } from "../../../main/contract/calls.ts";
import type { Columns } from "../../../main/contract/printers.ts";
import { PIN, type TillBench } from "./till-bench.ts";

/** The receipt printer was tried out and has these columns; then the owner changes settings. */
export async function triedOutWith(
  bench: TillBench,
  columns: Columns,
  patch: CallInput<"settings.change">["patch"],
): Promise<void> {
  await bench.call("printer.qualify", {
    requestId: bench.requestId(),
    slot: "receipt",
    found: {
      fingerprint: null,
      answers: true,
      fence: "id",
      fenceMs: 300,
      cover: "skipped",
      columns,
      chinese: "font",
      cutter: true,
      drawer: "none",
    },
    pin: PIN,
  });
  await bench.call("settings.change", { patch, pin: PIN });
}

import { expect, it } from "vitest";
import { columnsSchema } from "../../../main/contract/printers.ts";
import { cellsOf } from "../../../main/domain/receipt/line.ts";
import { inkRows } from "../support/paper-rows.ts";
import { TillBench } from "../support/till-bench.ts";
import { triedOutWith } from "../support/tried-out.ts";

const WIDTHS = columnsSchema.options.map(({ value }) => value);

it.each(WIDTHS)("receipt and day report take the %i columns the printer has", async (columns) => {
  const bench = await TillBench.open({ device: { widthMm: 80 }, setup: { widthMm: 80 } });
  await triedOutWith(bench, columns, {});
  await bench.untilState(await bench.sell(), "printed");
  await bench.call("day.print", { requestId: bench.requestId(), dayId: null });
  await bench.until(({ lastJob }) => lastJob?.kind === "report" && lastJob.outcome === "printed");
  for (const slip of bench.device.paper.slips().filter((each) => each.text().trim() !== "")) {
    const rows = inkRows(slip.text());
    expect(rows.filter((row) => cellsOf(row) > columns)).toEqual([]);
    // A rule goes from edge to edge.
    expect(rows).toContain("-".repeat(columns));
  }
});

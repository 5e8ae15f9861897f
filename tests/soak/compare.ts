import { isSettled } from "../../main/domain/receipt/state.ts";
import { readRecent, type ReceiptOnPaper } from "./paper-reader.ts";
import type { Station } from "./station.ts";
import type { TillDriver } from "./till-driver.ts";

export interface Comparison {
  settled: number;
  owed: number;
  /** Called printed, but not on paper as a whole, or with another total. */
  falsePrinted: number;
  /** Papers beyond the first of a sale that carry no mark. */
  unmarkedDuplicates: number;
  /** Acknowledged, but not in the log as it was, or neither settled nor on the rail. */
  lost: number;
  /** Pieces of paper with receipts of more than one sale on them. */
  shared: number;
  papers: number;
  /** A sentence for each of the above. */
  findings: string[];
}

/** The till's word against the paper. `ledger` is what was acknowledged: number to total. */
export async function compare(
  till: TillDriver,
  ledger: ReadonlyMap<number, number>,
  stations: readonly Station[],
): Promise<Comparison> {
  const papers = Map.groupBy(readRecent(stations, Infinity), ({ saleId }) => saleId);
  const rail = new Set((await till.demand("status.get", {})).rail.map(({ saleId }) => saleId));
  const result: Comparison = {
    settled: 0,
    owed: 0,
    falsePrinted: 0,
    unmarkedDuplicates: 0,
    lost: 0,
    shared: 0,
    papers: [...papers.values()].flat().length,
    findings: [],
  };
  for (const [saleId, totalMinor] of ledger)
    await compareSale(till, saleId, totalMinor, papers.get(saleId) ?? [], rail, result);
  const status = await till.demand("status.get", {});
  if (status.newestSaleId !== ledger.size) {
    result.lost += Math.abs(status.newestSaleId - ledger.size);
    result.findings.push(`the log has ${status.newestSaleId} sales, ${ledger.size} were made`);
  }
  return result;
}

async function compareSale(
  till: TillDriver,
  saleId: number,
  totalMinor: number,
  papers: readonly ReceiptOnPaper[],
  rail: ReadonlySet<number>,
  result: Comparison,
): Promise<void> {
  const reply = await till.call("history.sale", { saleId });
  if (!reply?.ok || reply.value.head.totalMinor !== totalMinor) {
    result.lost += 1;
    result.findings.push(`sale ${saleId} is not in the log as it was acknowledged`);
    return;
  }
  const { head, trail } = reply.value;
  const story = trail.map((step) => `${step.type}${step.cause ? `(${step.cause})` : ""}`).join(" ");
  if (isSettled(head.state)) result.settled += 1;
  else if (rail.has(saleId)) result.owed += 1;
  else {
    result.lost += 1;
    result.findings.push(`receipt ${saleId} is ${head.state} and hangs nowhere: ${story}`);
  }
  const whole = papers.filter((paper) => paper.whole);
  const right = whole.some((paper) => paper.totalMinor === totalMinor);
  if (head.state === "printed" && !right) {
    result.falsePrinted += 1;
    result.findings.push(
      `receipt ${saleId} is called printed (${head.proof}), paper: ${JSON.stringify(papers.map(({ rows: _rows, ...paper }) => paper))}: ${story}`,
    );
  }
  const unmarked = papers.filter((paper) => !paper.marked).length;
  if (unmarked > 1) {
    result.unmarkedDuplicates += unmarked - 1;
    result.findings.push(`receipt ${saleId} has ${unmarked} papers without a mark: ${story}`);
  }
}

/**
 * Child process: waits for a folder on its input, then sells into the log there as fast as it can, the way
 * a till does: sale, print steps, day ends, checkpoints. Says `open SEQ HASH SALES DAMAGE` and then, once a
 * transaction is safe, `SEQ HASH` of its last event. Ends only when it is killed, or with the disk.
 */
import { readSync, writeSync } from "node:fs";
import type { ReceiptBody } from "../../../main/sale-log/event.ts";
import { SaleLog } from "../../../main/sale-log/sale-log.ts";
import { Random } from "../../soak/random.ts";
import { line, saleOf } from "../../unit/support/sale-samples.ts";

/** When the first sale is made; each takes a second. */
const START_MS = Date.UTC(2026, 10, 23, 1, 0, 0);
const DAY_SALES = 150;

const text = firstLine();
// Only to fill the cache of compiled modules: a process that is killed does not write it.
if (text === "") process.exit(0);
const order = JSON.parse(text) as { dir: string; seed: number };
const pick = new Random(order.seed);
const log = new SaleLog(order.dir, { nowMs: () => START_MS });
const { seq, hash } = log.head();
const before = log.sales.newestId();
say(`open ${seq} ${hash} ${before} ${log.damage.map(({ code }) => code).join(",") || "-"}`);
if (before > 0) pressAgain(before);
for (;;) sell();

function firstLine(): string {
  const bytes = Buffer.alloc(4096);
  const length = readSync(0, bytes);
  return bytes.toString("utf8", 0, length);
}

/** Straight into the pipe: an acknowledgement that could still be lost in a buffer is none. */
function say(text: string): void {
  writeSync(1, `${text}\n`);
}

function acknowledge(): void {
  const head = log.head();
  say(`${head.seq} ${head.hash}`);
}

/** The cashier does not know what became of the last sale and presses again: it is answered, not made twice. */
function pressAgain(saleId: number): void {
  const { answer, repeated } = log.once(`request-${saleId}`, START_MS, () => -1);
  if (!repeated || answer !== saleId) say(`twice ${saleId}`);
}

function sell(): void {
  const id = log.sales.nextId();
  const atMs = START_MS + id * 1000;
  const cashier = pick.pick(["小王", "Li", "O'Brien"]);
  log.once(`request-${id}`, atMs, () => {
    const lines = Array.from({ length: pick.int(1, 4) }, (_, n) =>
      line({ code: `P-${n}`, nameEn: `goods ${pick.int(1, 40)}`, priceMinor: pick.int(1, 9999) }),
    );
    const sale = saleOf({ lines, discountMinor: 0 }, { receiptNo: id, atMs, cashier });
    const day = log.days.ensureOpen(atMs, cashier, new Date(atMs).toISOString().slice(0, 10));
    log.sales.add(sale, day.id, `request-${id}`);
    log.keep("basket", JSON.stringify({ lines: [] }));
    return id;
  });
  acknowledge();
  if (pick.chance(0.7)) print(id, atMs);
  if (id % DAY_SALES === 0) closeDay(atMs);
  if (pick.chance(0.05)) log.checkpoint();
  if (pick.chance(0.02)) log.anchorNow("backup");
}

function print(id: number, atMs: number): void {
  const printed = { type: "attemptPrinted", attempt: 1, grade: "A", late: false } as const;
  const failed = { type: "attemptFailed", attempt: 1, cause: "paperOut" } as const;
  const end: ReceiptBody = pick.chance(0.9) ? printed : failed;
  for (const body of [{ type: "attemptStarted", attempt: 1 } as const, end]) {
    log.transaction(() => log.receipts.record(id, atMs, "till", body));
    acknowledge();
  }
}

function closeDay(atMs: number): void {
  const day = log.days.open();
  if (!day) return;
  const { sales, totalMinor, tenders } = log.dayQueries.report(day, atMs, "CNY");
  const owed = log.receipts.owed().map(({ saleId }) => saleId);
  const closing = { date: day.date, sales, totalMinor, tenders, owed, signedBy: "Li" };
  log.transaction(() => log.days.close(day, atMs, "Li", closing));
  acknowledge();
}

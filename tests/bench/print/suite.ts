import { closeSync, fdatasyncSync, mkdtempSync, openSync, rmSync, writeSync } from "node:fs";
import { connect, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { priceBasket, type Basket } from "../../../main/domain/sale.ts";
import { startBrowserTill, type BrowserTill } from "../../e2e/support/browser-till.ts";
import type { BenchRow, Suite } from "../suites.ts";
import { table } from "../table.ts";
import { RendererClient } from "./renderer-client.ts";
import { TimedPrinter } from "./timed-printer.ts";

const ROUNDS = 250;
/** Not measured: a till that has just started loads and compiles. One day's first sale is among them. */
const WARM_UP = 10;
/** A fast one: the till must not take its answers for lies. */
const SPEED_MM_PER_S = 300;
const CUT_MS = 50;
const FIRST_BYTE_GOAL_MS = 50;
const PROOF_GOAL_MS = 150;

/** Milliseconds of one sale, all from the moment the page makes the call. */
interface Round {
  /** The till's first question to the printer. */
  firstMs: number;
  /** The first byte of the receipt. */
  documentMs: number;
  /** The till's answer to the call. */
  answerMs: number;
  /** The status that says "printed". */
  proofMs: number;
  /** The paper of that receipt at the printer's speed. */
  paperMs: number;
  /** A bare write of the same bytes, to their first byte at the other end. */
  bareMs: number;
  /** A bare write of a few pages to the same disk, safely there: what a commit can't do without. */
  syncMs: number;
}

/** From the page's call to the printer, beside a bare TCP write of the same bytes in the same run. */
export const printSuite: Suite = {
  title: "print: from the page's `sale.complete` to the receipt's first byte at a TCP printer",
  run: async (log) => {
    const dataDir = mkdtempSync(join(tmpdir(), "slipsure-bench-"));
    const printer = await TimedPrinter.start(SPEED_MM_PER_S, CUT_MS);
    let till: BrowserTill | null = null;
    let page: RendererClient | null = null;
    try {
      const address = `tcp://127.0.0.1:${printer.printerPort}`;
      till = await startBrowserTill(["--data", dataDir, "--printer", address]);
      page = await RendererClient.open(till.url);
      await setUp(page);
      const rounds = await Promise.race([measure(printer, page, dataDir), ended(till)]);
      log(`${ROUNDS} sales of 5 lines, one after the other, after ${WARM_UP} to warm up.`);
      log(describe(rounds));
      return verdict(rounds);
    } finally {
      page?.close();
      await till?.end("SIGTERM");
      await printer.close();
      rmSync(dataDir, { recursive: true, force: true });
    }
  },
};

/** Rejects when the till ends by itself: nothing that is waited for would ever come. */
function ended({ child }: BrowserTill): Promise<never> {
  let said = "";
  child.stderr?.on("data", (text: string) => (said += text));
  return new Promise((_resolve, reject) => {
    child.once("exit", (code, signal) =>
      reject(new Error(`the till ended (${signal ?? code}): ${said}`)),
    );
  });
}

async function setUp(page: RendererClient): Promise<void> {
  await page.call("settings.setUp", {
    locale: "zh-CN",
    receiptLocale: "zh-CN",
    theme: "light",
    density: "touch",
    sound: false,
    shop: { name: "街角便利店", address: "幸福路 8 号", phone: "021-555", footer: "谢谢惠顾" },
    currency: "CNY",
    taxMode: "inclusive",
    widthMm: 80,
    printer: { kind: "practice" },
    cashiers: ["小王"],
    managerPin: "2580",
    sampleCatalogue: false,
  });
  await page.until(({ printer }) => printer.state === "ready");
}

const NAMES = ["苹果", "香蕉 特级", "牛奶 250ml", "面包", "鸡蛋"];
const BASKET: Basket = {
  lines: NAMES.map((nameZh, index) => ({
    code: `69010280019${index}5`,
    nameZh,
    nameEn: "",
    unit: "",
    priceMinor: 350 + index * 120,
    quantityMilli: 1000,
    discountMinor: 0,
    taxRateBp: 1300,
  })),
  discountMinor: 0,
};

async function measure(
  printer: TimedPrinter,
  page: RendererClient,
  dataDir: string,
): Promise<Round[]> {
  const bare = connect({ host: "127.0.0.1", port: printer.sinkPort, noDelay: true });
  await new Promise<void>((resolve) => bare.once("connect", () => resolve()));
  const file = openSync(join(dataDir, "yardstick"), "w");
  const rounds: Round[] = [];
  for (let n = 0; n < WARM_UP + ROUNDS; n += 1) {
    const { round, bytes } = await sell(printer, page, n);
    const bareMs = await writeBare(printer, bare, bytes);
    const syncMs = writeSynced(file);
    if (n >= WARM_UP) rounds.push({ ...round, bareMs, syncMs });
  }
  closeSync(file);
  bare.destroy();
  return rounds;
}

async function sell(printer: TimedPrinter, page: RendererClient, n: number) {
  const { totalMinor } = priceBasket(BASKET, "inclusive");
  const { receipt } = await printer.arm();
  let paperMm = 0;
  const stop = page.watch(({ progress }) => {
    if (progress) paperMm = progress.paperMm;
  });
  const startNs = process.hrtime.bigint();
  const answered = page.call("sale.complete", {
    requestId: `bench-sale-${n}`,
    basket: BASKET,
    tenders: [{ method: "wechat", amountMinor: totalMinor, reference: null }],
    expectedTotalMinor: totalMinor,
  });
  const { saleId } = await answered;
  const answerNs = process.hrtime.bigint();
  const seen = await receipt;
  const proof = await page.until(
    ({ lastSale }) =>
      lastSale?.saleId === saleId && lastSale.state !== "due" && lastSale.state !== "printing",
  );
  stop();
  if (proof.status.lastSale?.state !== "printed")
    throw new Error(`receipt ${saleId} is ${proof.status.lastSale?.state}`);
  await page.until(({ printer: { queue, state } }) => queue === 0 && state === "ready");
  const since = (atNs: bigint) => Number(atNs - startNs) / 1e6;
  const round = {
    firstMs: since(seen.firstNs),
    documentMs: since(seen.documentNs),
    answerMs: since(answerNs),
    proofMs: since(proof.atNs),
    paperMs: (paperMm / SPEED_MM_PER_S) * 1000,
  };
  return { round, bytes: Buffer.from(seen.bytes, "base64") };
}

async function writeBare(printer: TimedPrinter, socket: Socket, bytes: Buffer): Promise<number> {
  const { bare } = await printer.arm();
  const startNs = process.hrtime.bigint();
  socket.write(bytes);
  return Number((await bare) - startNs) / 1e6;
}

/** As SQLite does in its write-ahead log: appended, then on the disk. */
function writeSynced(file: number): number {
  const startNs = process.hrtime.bigint();
  writeSync(file, SYNCED);
  fdatasyncSync(file);
  return Number(process.hrtime.bigint() - startNs) / 1e6;
}
const SYNCED = Buffer.alloc(5 * 4_120, 1);

/** The value below which this share of them lies. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.ceil(sorted.length * share) - 1)] ?? Number.NaN;
}

function describe(rounds: readonly Round[]): string {
  const row = (name: string, valueOf: (round: Round) => number) => {
    const values = rounds.map(valueOf);
    const shares = [0.5, 0.9, 0.99, 1].map((share) => percentile(values, share).toFixed(1));
    return [name, ...shares];
  };
  return table([
    ["milliseconds from the call", "p50", "p90", "p99", "worst"],
    row("bare TCP write of the same bytes", ({ bareMs }) => bareMs),
    row("bare write of five pages, synced", ({ syncMs }) => syncMs),
    row("first question to the printer", ({ firstMs }) => firstMs),
    row("first byte of the receipt", ({ documentMs }) => documentMs),
    row("the till's answer to the page", ({ answerMs }) => answerMs),
    row("paper of the receipt, modelled", ({ paperMs }) => paperMs),
    row("printed, as the page hears it", ({ proofMs }) => proofMs),
    row("printed, beyond the paper's time", ({ proofMs, paperMs }) => proofMs - paperMs),
  ]);
}

function verdict(rounds: readonly Round[]): BenchRow[] {
  const limit = (name: string, limitMs: number, valueMs: number): BenchRow => {
    const ratio = limitMs / Math.max(valueMs, 0.001);
    return { name, ratio, goal: 1, ok: ratio >= 1 };
  };
  const beyond = rounds.map(({ proofMs, paperMs }) => proofMs - paperMs);
  return [
    limit(
      `call to first byte: ${FIRST_BYTE_GOAL_MS} ms / p99`,
      FIRST_BYTE_GOAL_MS,
      percentile(
        rounds.map(({ documentMs }) => documentMs),
        0.99,
      ),
    ),
    limit(
      `proof beyond the paper's time: ${PROOF_GOAL_MS} ms / p99`,
      PROOF_GOAL_MS,
      percentile(beyond, 0.99),
    ),
  ];
}

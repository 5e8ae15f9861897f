import { readFileSync } from "node:fs";
import { setImmediate as nextTurn } from "node:timers/promises";
import { expect, it } from "vitest";
import { gtinCheckDigit } from "../../../main/domain/gtin.ts";
import { logPath } from "../../../main/sale-log/open-log.ts";
import { Database } from "../../../main/sale-log/sqlite.ts";
import { verifyFile } from "../../../main/sale-log/verify/verify-file.ts";
import { witnessPath } from "../../../main/sale-log/witness.ts";
import { PIN, TillBench } from "../support/till-bench.ts";

const CASES = new URL("../../cases/", import.meta.url);

function fileOf(fileName: string, bytes: string | Buffer) {
  return { fileName, bytes: Buffer.from(bytes).toString("base64"), mapping: null };
}

function fieldCase(name: string) {
  return fileOf(name, readFileSync(new URL(name, CASES)));
}

/** The code of the first goods of `longList`. */
const FIRST = `690000000000${gtinCheckDigit("690000000000")}`;

function longList(rows: number, priceOf: (row: number) => string): string {
  const lines = Array.from({ length: rows }, (_, row) => {
    const body = `690${String(row).padStart(9, "0")}`;
    return `${body}${gtinCheckDigit(body)},第${row}号商品,${priceOf(row)}`;
  });
  return ["条码,品名,售价", ...lines].join("\n");
}

/** Twenty slices; what 20,000 take is in the benchmarks. */
const GOODS = 5_000;

async function codeOf(bench: TillBench, code: string) {
  return (await bench.call("catalogue.find", { code })).product;
}

it("both codes of one article sell it, and a later list that joins two codes leaves no second article", async () => {
  const bench = await TillBench.open();
  const list = (codes: string) => fileOf("list.csv", `条码,品名,售价\n${codes}`);
  const bring = (file: ReturnType<typeof fileOf>) =>
    bench.call("catalogue.import", { requestId: bench.requestId(), pin: PIN, ...file });
  await bring(list("6909999000364,洗发水 旧,24"));
  expect(await bring(fieldCase("two-codes-in-cell.csv"))).toMatchObject({ imported: 2, total: 2 });
  for (const code of ["6909999000357", "6909999000364"])
    expect(await codeOf(bench, code)).toMatchObject({ nameZh: "洗发水", priceMinor: 2500 });
  for (const code of ["6909999000371", "6909999000388"])
    expect(await codeOf(bench, code)).toMatchObject({ nameZh: "沐浴露", priceMinor: 2200 });
  await bench.till.close();
  await bench.start();
  expect(await codeOf(bench, "6909999000364")).toMatchObject({ nameZh: "洗发水" });
});

it("what is left out is counted in the answer and in the log, and listed with its reason", async () => {
  const bench = await TillBench.open();
  const file = {
    ...fieldCase("price-trailing-minus.csv"),
    choices: { leaveOut: true },
  };
  const preview = await bench.call("catalogue.preview", file);
  expect(preview).toMatchObject({ accepted: true, badRowCount: 1, newCount: 2 });
  const answer = await bench.call("catalogue.import", {
    requestId: bench.requestId(),
    pin: PIN,
    ...file,
  });
  expect(answer).toMatchObject({ imported: 2, leftOut: 1, total: 2 });
  const leftOut = await bench.call("catalogue.leftOut", file);
  expect(leftOut.rows).toMatchObject([
    { row: 2, cells: ["6909999000180", "Bottle deposit back", "-0.25"], skipped: null },
  ]);
  expect(leftOut.rows[0]?.errors).toMatchObject([{ code: "negativePrice", field: "price" }]);
  await bench.till.close();
  const db = new Database(logPath(bench.dataDir), "read");
  const event = db.get("SELECT body FROM event WHERE body LIKE '%price-trailing-minus%'");
  db.close();
  expect(JSON.parse(String(event?.["body"]))).toMatchObject({ rows: 2, leftOut: 1 });
});

it("a long list comes in while the till sells: no sale waits for them, and the old prices count until all are there", async () => {
  const bench = await TillBench.open();
  const bring = (priceOf: (row: number) => string) =>
    bench.call("catalogue.import", {
      requestId: bench.requestId(),
      pin: PIN,
      ...fileOf("all.csv", longList(GOODS, priceOf)),
    });
  await bring(() => "1.00");
  const file = new Database(logPath(bench.dataDir), "read");
  const written = () =>
    Number(
      file.get(
        "SELECT count(*) AS n FROM product WHERE edition<>(SELECT edition FROM catalogue)",
      )?.["n"],
    );
  let isOver = false;
  const answer = bring(() => "2.00").finally(() => {
    isOver = true;
  });
  const seen: { written: number; price: number | undefined }[] = [];
  const between = () => seen.filter((each) => each.written > 0 && each.written < GOODS);
  while (!isOver && between().length < 5) {
    // oxlint-disable-next-line no-await-in-loop -- a customer in every turn; without one nothing else would get its turn
    await nextTurn();
    // oxlint-disable-next-line no-await-in-loop -- one customer after the other
    await bench.sell();
    // oxlint-disable-next-line no-await-in-loop -- as above
    const product = await codeOf(bench, FIRST);
    seen.push({ written: written(), price: product?.priceMinor });
  }
  expect(await answer).toMatchObject({ imported: GOODS, changed: GOODS, total: GOODS });
  // Sales were taken with a part of the new list in the books: they did not wait for the rest.
  expect(between().length).toBe(5);
  for (const { price } of seen) expect([100, 200]).toContain(price);
  expect(seen[0]?.price).toBe(100);
  expect((await codeOf(bench, FIRST))?.priceMinor).toBe(200);
  expect(written()).toBe(0);
  file.close();
  await bench.untilIdle();
  await bench.till.close();
  const { dataDir } = bench;
  const report = await verifyFile({ path: logPath(dataDir), witness: witnessPath(dataDir) });
  expect(report.findings).toEqual([]);
});

it("an import that a power cut ended leaves the old catalogue, and the next one clears its rest away", async () => {
  const bench = await TillBench.open({ setup: { sampleCatalogue: true } });
  const before = (await bench.call("status.get", {})).catalogueSize;
  await bench.till.close();
  const path = logPath(bench.dataDir);
  const cut = new Database(path);
  cut.run(
    "INSERT INTO product SELECT edition+1,code||'x',NULL,more_barcodes,name_zh,name_en,1,0,unit,category,tax_rate_bp FROM product",
  );
  cut.close();
  await bench.start();
  expect((await bench.call("status.get", {})).catalogueSize).toBe(before);
  const file = fieldCase("two-codes-in-cell.csv");
  const brought = await bench.call("catalogue.import", {
    requestId: bench.requestId(),
    pin: PIN,
    ...file,
  });
  expect(brought.total).toBe(before + 2);
  await bench.untilIdle();
  await bench.till.close();
  const db = new Database(path, "read");
  expect(db.get("SELECT count(DISTINCT edition) AS n FROM product")?.["n"]).toBe(1);
  db.close();
});

it("a name that can't be printed whole is told before the list comes in, with its line and what is printed", async () => {
  const bench = await TillBench.open();
  const file = fileOf("list.csv", "品名,售价\n农夫山泉,2.00\n鲜\ue000面,3.00\n");
  const { warnings, accepted } = await bench.call("catalogue.preview", file);
  expect(accepted).toBe(true);
  expect(warnings.filter(({ code }) => code === "unprintable")).toEqual([
    {
      code: "unprintable",
      count: 1,
      examples: [{ row: 3, name: "鲜\ue000面", value: "鲜？面" }],
    },
  ]);
});

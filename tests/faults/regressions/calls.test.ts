import { expect, test } from "vitest";
import { PIN, TillBench } from "../../unit/support/till-bench.ts";
import { summary, verifyDir } from "../../unit/sale-log/support/verify-dir.ts";

/* Inputs the searches found, each with what the till did wrong once. */

test("the id of another call's request does not answer a sale with that call's answer", async () => {
  const bench = await TillBench.open();
  const requestId = "the-same-for-both";
  await bench.call("drawer.open", { requestId, reason: "换零钱" });
  const input = bench.saleInput({ requestId });
  const { saleId } = await bench.call("sale.complete", input);
  expect(saleId).toBe(1);
  // Its own request again is still the same sale.
  expect((await bench.call("sale.complete", input)).saleId).toBe(1);
  expect((await bench.call("status.get", {})).newestSaleId).toBe(1);
  expect(bench.incidents).toEqual([]);
});

test("half of a surrogate pair is refused: the books would give back another text", async () => {
  const bench = await TillBench.open();
  const patch = { cashiers: ["小王", "\ud800"] };
  expect(await bench.refusal("settings.change", { patch, pin: PIN })).toEqual({
    code: "BAD_INPUT",
    details: { path: "", problem: "brokenText" },
  });
  const mapping = { "\udfff": "x" };
  const file = { fileName: "a.csv", bytes: "QUJD", mapping };
  expect((await bench.refusal("catalogue.preview", file)).code).toBe("BAD_INPUT");
  await bench.till.close();
  expect(summary(await verifyDir(bench.dataDir))).toEqual([]);
});

test("paths no system can have are no incident", async () => {
  const bench = await TillBench.open();
  const preview = (path: string) => bench.refusal("backup.preview", { path, passphrase: null });
  expect((await preview("/a\u0000b")).code).toBe("BAD_INPUT");
  expect((await preview(`/${"n".repeat(300)}`)).code).toBe("BACKUP_NOT_FOUND");
  expect((await preview("/dev/zero")).code).toBe("BACKUP_NOT_A_BACKUP");
  expect(bench.incidents).toEqual([]);
});

test("a refusal does not send the caller's own megabytes back", async () => {
  const bench = await TillBench.open();
  const mapping = { ["k".repeat(1_000_000)]: 1 };
  const input = { fileName: "a.csv", bytes: "QUJD", mapping };
  const reply = await bench.till.dispatch("catalogue.preview", input);
  expect(JSON.stringify(reply).length).toBeLessThan(500);
});

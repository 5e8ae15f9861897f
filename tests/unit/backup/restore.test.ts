import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { setImmediate } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { describe, expect, it, onTestFinished } from "vitest";
import type { BackupPreview } from "../../../main/contract/backup.ts";
import type { CallInput, CallName, CallOutput } from "../../../main/contract/calls.ts";
import { SaleLog } from "../../../main/sale-log/sale-log.ts";
import { verifyFile } from "../../../main/sale-log/verify/verify-file.ts";
import { Database } from "../../../main/sale-log/sqlite.ts";
import { createTill } from "../../../main/till.ts";
import { reopeningTill } from "../../../main/till/reopening-till.ts";
import { addSale, AT } from "../support/log-samples.ts";
import { line } from "../support/sale-samples.ts";
import { tempDir } from "../support/temp-dir.ts";
import { TestClock } from "../support/test-clock.ts";
import { PIN, TillBench } from "../support/till-bench.ts";
import { BackupBench, filesIn } from "./backup-bench.ts";

const PASSPHRASE = "seven lemons on a counter";
const cli = fileURLToPath(new URL("../../../main/backup/restore-cli.ts", import.meta.url));

function restore(from: string, dir: string, ...more: string[]) {
  const args = ["--no-warnings", cli, "--from", from, "--data", dir, "--locale", "en", ...more];
  return spawnSync(process.execPath, args, { encoding: "utf8", input: "" });
}

/** What somebody agrees to who presses the key under a preview. */
function wishOf({ path, facts, here }: BackupPreview) {
  const givenUp = here?.givenUp.fingerprint ?? null;
  return { path, passphrase: null, head: facts.head.hash, givenUp, lastOnPaper: null };
}

/** What a restored log says of it. */
function restoredEvents(dir: string): Record<string, unknown>[] {
  const db = new Database(join(dir, "slipsure.db"), "read");
  const rows = db.rows("SELECT body FROM event WHERE kind=17 ORDER BY seq");
  db.close();
  return rows.map(([body]) => JSON.parse(String(body)) as Record<string, unknown>);
}

function verify(dir: string) {
  const witness = join(dir, "slipsure.witness");
  return verifyFile({ path: join(dir, "slipsure.db"), witness });
}

describe("on an empty PC", () => {
  it("everything is there again, the till goes on, and the log says so", async () => {
    const bench = new BackupBench({ sales: 4 });
    const head = () => bench.log.head();
    const path = await bench.copy();
    const end = head();
    const dir = join(tempDir(), "new", "till");
    const run = restore(path, dir, "--yes");
    expect(run.stderr).toBe("");
    expect(run.status).toBe(0);
    expect(run.stdout).toContain("街角便利店");
    const log = new SaleLog(dir);
    expect(log.damage).toEqual([]);
    expect(log.sales.record(4)?.receiptNo).toBe(4);
    expect(addSale(log)).toBe(5);
    log.close();
    expect(restoredEvents(dir)).toMatchObject([
      {
        backup: { seq: end.seq, hash: end.hash, sales: 4 },
        before: null,
        lostSales: 0,
        numbers: { saleId: 4, dayId: 1 },
      },
    ]);
    expect(JSON.parse(readFileSync(join(dir, "settings.json"), "utf8"))).toMatchObject({
      settings: { shop: { name: "街角便利店" } },
      managerPin: "s.h",
    });
    // The till's key did not come along: signed with another one from here on, and told.
    const { findings } = await verify(dir);
    expect(findings.map(({ code }) => code)).toEqual(["keyChanged"]);
  });

  it("a sealed one brings the till's key, so nothing is strange afterwards", async () => {
    const bench = new BackupBench({ sales: 4 });
    const stick = tempDir();
    await bench.backups.setPlace(stick);
    await bench.backups.setPassphrase(PASSPHRASE);
    await bench.copy();
    const sealed = filesIn(stick).find((path) => path.endsWith(".sealed")) ?? "";
    const dir = join(tempDir(), "till");
    const secret = join(tempDir(), "words.txt");
    expect(restore(sealed, dir, "--yes").stderr).toContain("not the passphrase");
    writeFileSync(secret, "wrong words");
    const wrong = restore(sealed, dir, "--yes", "--passphrase-file", secret);
    expect(wrong.stderr).toContain("not the passphrase");
    expect(wrong.status).toBe(1);
    expect(existsSync(join(dir, "slipsure.db"))).toBe(false);
    writeFileSync(secret, `${PASSPHRASE}\n`);
    expect(restore(sealed, dir, "--last-number", "none").stdout).toContain("--last-number N");
    const words = ["--passphrase-file", secret];
    expect(restore(sealed, dir, "--yes", ...words, "--last-number", "9").status).toBe(0);
    const key = (folder: string) => readFileSync(join(folder, "till.key"), "utf8");
    expect(key(dir)).toBe(key(bench.dataDir));
    const log = new SaleLog(dir);
    // On paper the old PC had come to 9.
    expect(addSale(log)).toBe(10);
    expect(log.sales.leftOut()).toEqual([{ from: 5, to: 9 }]);
    log.close();
    expect((await verify(dir)).findings).toEqual([]);
    expect(readdirSync(dir)).not.toContain("restore-work");
  });
});

describe("over books that are there", () => {
  it("of the same till nothing is lost: the rest is carried over, and both ends stand in the log", async () => {
    const bench = new BackupBench({ sales: 3 });
    const path = await bench.copy();
    for (let n = 0; n < 4; n += 1) addSale(bench.log);
    bench.log.transaction(() => {
      bench.log.receipts.record(5, AT, "小王", { type: "attemptStarted", attempt: 1 });
    });
    bench.log.keep("basket", '{"lines":[],"discountMinor":7}');
    bench.log.once("request-x", AT, () => ({ saleId: 7 }));
    const before = bench.log.head();
    await bench.close();
    const run = restore(path, bench.dataDir, "--yes");
    expect(run.stdout).toContain("4 sales made here after the backup are carried over");
    expect(run.stdout).toContain("None of the sales here now would be lost");
    expect(run.stderr).toBe("");
    expect(run.status).toBe(0);
    const [event] = restoredEvents(bench.dataDir);
    expect(event).toMatchObject({
      backup: { sales: 3 },
      before: { sales: 7 },
      lostSales: 0,
      carried: { sales: 4 },
      numbers: { saleId: 7, dayId: 1 },
    });
    const aside = join(bench.dataDir, String(event?.["setAside"]));
    const old = new SaleLog(aside);
    expect(old.sales.newestId()).toBe(7);
    expect(old.damage).toEqual([]);
    old.close();
    const log = new SaleLog(bench.dataDir);
    expect(log.damage).toEqual([]);
    expect(log.head().seq).toBeGreaterThan(before.seq);
    expect(log.sales.record(7)?.receiptNo).toBe(7);
    expect(log.receipts.owed().map(({ saleId, status }) => [saleId, status.state])).toEqual(
      [1, 2, 3, 4, 5, 6, 7].map((saleId) => [saleId, saleId === 5 ? "printing" : "due"]),
    );
    expect(log.kept("basket")).toBe('{"lines":[],"discountMinor":7}');
    expect(log.once("request-x", AT, () => null)).toMatchObject({ repeated: true });
    expect(addSale(log)).toBe(8);
    log.close();
    // The same till with its own key, and every row follows from an entry: nothing strange.
    expect((await verify(bench.dataDir)).findings).toEqual([]);
  });

  it("of another till all are named, and no number of theirs is given again", async () => {
    const other = new BackupBench({ sales: 2 });
    const path = await other.copy();
    const bench = new BackupBench({ sales: 5 });
    await bench.close();
    const run = restore(path, bench.dataDir, "--yes");
    expect(run.stdout).toContain("5 sales that are here now are not in the backup (from no. 1)");
    expect(run.stdout).toContain("their numbers are not used again");
    for (const saleId of [1, 2, 3, 4, 5])
      expect(run.stdout).toMatch(new RegExp(`^  ${saleId}  .* receipt still owed$`, "m"));
    expect(run.stdout).toContain("5 of them still owe their receipt");
    const log = new SaleLog(bench.dataDir);
    expect(log.sales.newestSoldId()).toBe(2);
    expect(log.sales.leftOut()).toEqual([{ from: 3, to: 5 }]);
    expect(addSale(log)).toBe(6);
    log.close();
    const { findings } = await verify(bench.dataDir);
    expect(findings.map(({ code }) => code)).toEqual(["keyChanged"]);
  });

  it("what no chain proves is given up by name; the rest is carried over", async () => {
    const bench = new BackupBench({ sales: 3 });
    const path = await bench.copy();
    for (let n = 0; n < 4; n += 1) addSale(bench.log);
    await bench.close();
    // Somebody changed the total of sale 6 in the file.
    const forged = new DatabaseSync(join(bench.dataDir, "slipsure.db"));
    forged.exec("DROP TRIGGER event_no_update");
    forged.exec(
      `UPDATE event SET body=replace(body,'"pieces":1','"pieces":2') WHERE kind=3 AND ref=6`,
    );
    forged.close();
    const run = restore(path, bench.dataDir, "--yes");
    expect(run.stdout).toContain("2 sales made here after the backup are carried over");
    expect(run.stdout).toContain("2 sales that are here now are not in the backup (from no. 6)");
    const log = new SaleLog(bench.dataDir);
    expect(log.sales.newestSoldId()).toBe(5);
    expect(addSale(log)).toBe(8);
    log.close();
    expect((await verify(bench.dataDir)).findings).toEqual([]);
  });

  it("books that can't be read give what their pages still hold, and no number twice", async () => {
    const bench = new BackupBench({ sales: 3 });
    const path = await bench.copy();
    for (let n = 0; n < 4; n += 1) addSale(bench.log);
    await bench.close();
    const books = join(bench.dataDir, "slipsure.db");
    const bytes = readFileSync(books);
    bytes.fill(0, 0, 16);
    writeFileSync(books, bytes);
    const run = restore(path, bench.dataDir, "--yes");
    expect(run.stderr).toBe("");
    expect(run.stdout).toContain("4 sales made here after the backup are carried over");
    const log = new SaleLog(bench.dataDir);
    expect(log.sales.newestSoldId()).toBe(7);
    expect(addSale(log)).toBeGreaterThan(7);
    log.close();
    expect((await verify(bench.dataDir)).findings).toEqual([]);
  });

  it("nothing happens while a till has them open, or when somebody says no", async () => {
    const bench = new BackupBench({ sales: 3 });
    const path = await bench.copy();
    addSale(bench.log);
    const open = restore(path, bench.dataDir, "--yes");
    expect(open.status).toBe(1);
    expect(open.stderr).toContain("already open");
    expect(bench.log.sales.newestId()).toBe(4);
    expect(addSale(bench.log)).toBe(5);
    await bench.close();
    expect(restore(path, bench.dataDir).status).toBe(2);
    const log = new SaleLog(bench.dataDir);
    expect(log.sales.newestId()).toBe(5);
    log.close();
    expect(readdirSync(bench.dataDir).some((name) => name.startsWith("set-aside"))).toBe(false);
  });

  it("a damaged backup changes nothing", async () => {
    const bench = new BackupBench({ sales: 30 });
    const path = await bench.copy();
    await bench.close();
    const bytes = readFileSync(path);
    bytes[40_000] = (bytes[40_000] ?? 0) ^ 1;
    writeFileSync(path, bytes);
    const run = restore(path, bench.dataDir, "--yes");
    expect(run.status).toBe(1);
    expect(run.stderr).toContain("damaged");
    const log = new SaleLog(bench.dataDir);
    expect(log.sales.newestId()).toBe(30);
    log.close();
  });
});

describe("in the till", () => {
  it("sells, goes back, and sells on; pages notice nothing but new values", async () => {
    const bench = await TillBench.open();
    await bench.untilState(await bench.sell(), "printed");
    await bench.untilState(await bench.sell(), "printed");
    const { state } = await bench.backUp();
    const path = state.copies[0]?.path ?? "";
    // On a slow machine an hour of the fast clock passes before, and a copy is made by itself.
    expect(state.copies[0]).toMatchObject({ state: "verified", sales: 2, reason: "hand" });
    await bench.untilState(await bench.sell(), "printed");
    const preview = await bench.call("backup.preview", { path, passphrase: null });
    expect(preview).toMatchObject({
      shop: "街角便利店",
      signer: "thisTill",
      findings: [],
      facts: { sales: 2 },
      here: { relation: "older", carried: { sales: 1 }, lostSales: 0, facts: { sales: 3 } },
    });
    const wish = wishOf(preview);
    expect((await bench.refusal("backup.restore", { ...wish, pin: "0000" })).code).toBe(
      "WRONG_PIN",
    );
    expect((await bench.refusal("backup.restore", { ...wish, head: "x", pin: PIN })).code).toBe(
      "BACKUP_DAMAGED",
    );
    const done = await bench.call("backup.restore", { ...wish, pin: PIN });
    expect(done).toMatchObject({ sales: 3, carried: 1 });
    expect(existsSync(join(bench.dataDir, done.setAside ?? "", "slipsure.db"))).toBe(true);
    // The feed of the page that stayed open.
    const status = await bench.until(({ newestSaleId }) => newestSaleId === 3);
    expect(status.cashier).toBe("小王");
    await bench.until(({ printer }) => printer.state === "ready");
    expect(await bench.sell()).toBe(4);
    await bench.untilState(4, "printed");
    await bench.restart();
    expect(restoredEvents(bench.dataDir)).toMatchObject([{ before: { sales: 3 }, lostSales: 0 }]);
    expect((await bench.call("status.get", {})).newestSaleId).toBe(4);
    expect(bench.papers()).toEqual(["1", "2", "3", "4"]);
    expect(bench.incidents).toEqual([]);
  });

  it("what is sold and owed after the preview is in the restored books, down to the last moment", async () => {
    const bench = await TillBench.open();
    await bench.untilState(await bench.sell(), "printed");
    const { state } = await bench.backUp();
    const path = state.copies[0]?.path ?? "";
    const preview = await bench.call("backup.preview", { path, passphrase: null });
    expect(preview.here).toMatchObject({ carried: { sales: 0 }, lostSales: 0 });
    await bench.untilState(await bench.sell(), "printed");
    bench.device.setFault({ kind: "paperOut", afterMm: 0 });
    const owed = await bench.sell();
    await bench.untilState(owed, "failed");
    const done = await bench.call("backup.restore", { ...wishOf(preview), pin: PIN });
    expect(done).toMatchObject({ sales: 3, carried: 2 });
    const { rail } = await bench.call("status.get", {});
    expect(rail.map(({ saleId }) => saleId)).toEqual([owed]);
    bench.device.loadPaper();
    await bench.untilState(owed, "printed");
    expect(await bench.sell()).toBe(4);
    await bench.untilState(4, "printed");
    expect(bench.papers()).toEqual(["1", "2", "3", "4"]);
    await bench.till.close();
    expect((await verify(bench.dataDir)).findings).toEqual([]);
  });

  it("a receipt that comes out while it restores stays in the books", async () => {
    const bench = await TillBench.open();
    await bench.untilState(await bench.sell(), "printed");
    const { state } = await bench.backUp();
    const path = state.copies[0]?.path ?? "";
    const preview = await bench.call("backup.preview", { path, passphrase: null });
    const saleId = await bench.sell();
    await bench.until(({ progress }) => progress?.saleId === saleId);
    await bench.call("backup.restore", { ...wishOf(preview), pin: PIN });
    await bench.untilPapers(2);
    await bench.untilState(saleId, "printed");
    expect(await bench.sell()).toBe(3);
    await bench.untilPapers(3);
    expect(bench.papers()).toEqual(["1", "2", "3"]);
  });

  it("sales are refused while it restores; one that was made already still says so", async () => {
    const bench = await TillBench.open();
    const made = bench.saleInput();
    await bench.call("sale.complete", made);
    await bench.untilIdle();
    const { state } = await bench.backUp();
    const path = state.copies[0]?.path ?? "";
    const preview = await bench.call("backup.preview", { path, passphrase: null });
    let isOver = false;
    const restoring = bench
      .call("backup.restore", { ...wishOf(preview), pin: PIN })
      .finally(() => (isOver = true));
    const reading = new Promise<void>((resolve) => {
      const stop = bench.till.listen("backup", ({ job }) => {
        if (job?.what !== "restore") return;
        stop();
        resolve();
      });
    });
    await reading;
    const answers: string[] = [];
    while (!isOver) {
      // oxlint-disable-next-line no-await-in-loop -- one try after the other, through every moment of it
      const reply = await bench.till.dispatch("sale.complete", bench.saleInput());
      answers.push(reply.ok ? "sold" : reply.refusal.code);
      // oxlint-disable-next-line no-await-in-loop -- as above
      const again = await bench.till.dispatch("sale.complete", made);
      expect(again).toMatchObject({ ok: true, value: { saleId: 1 } });
      // oxlint-disable-next-line no-await-in-loop -- whoever asks without a pause lets nobody else have a turn
      await setImmediate();
    }
    await restoring;
    const { newestSaleId } = await bench.call("status.get", {});
    // Only what was tried after it was over may have been sold, and that is in the books.
    expect(answers.filter((answer) => answer === "sold")).toHaveLength(newestSaleId - 1);
    expect(answers[0]).toBe("RESTORING");
    expect(answers.indexOf("sold") === -1 || answers.indexOf("sold") >= answers.length - 1).toBe(
      true,
    );
    expect(bench.incidents).toEqual([]);
  });

  it("what would be given up is looked at again at the last moment, and asked again", async () => {
    const other = new BackupBench({ sales: 2 });
    const path = await other.copy();
    const bench = await TillBench.open();
    await bench.untilState(await bench.sell(), "printed");
    await bench.call("basket.keep", {
      basket: { lines: [line({ nameZh: "农夫山泉" })], discountMinor: 0 },
    });
    const first = await bench.call("backup.preview", { path, passphrase: null });
    expect(first.here).toMatchObject({
      relation: "other",
      carried: null,
      lostSales: 1,
      givenUp: {
        sales: [{ saleId: 1, totalMinor: 1234, cashier: "小王" }],
        owedCount: 0,
        basket: [{ nameZh: "农夫山泉" }],
      },
    });
    bench.device.setFault({ kind: "paperOut", afterMm: 0 });
    const owed = await bench.sell();
    await bench.untilState(owed, "failed");
    const { code } = await bench.refusal("backup.restore", { ...wishOf(first), pin: PIN });
    expect(code).toBe("RESTORE_CHANGED");
    expect((await bench.call("status.get", {})).newestSaleId).toBe(owed);
    expect(readdirSync(bench.dataDir).filter((name) => /restoring|set-aside/.test(name))).toEqual(
      [],
    );
    const now = await bench.call("backup.preview", { path, passphrase: null });
    expect(now.here).toMatchObject({
      lostSales: 2,
      givenUp: { sales: [{ saleId: owed }, { saleId: 1 }], owed: [{ saleId: owed }] },
    });
    await bench.call("backup.restore", { ...wishOf(now), pin: PIN });
    const status = await bench.call("status.get", {});
    // The numbers 1 and 2 of both tills are on paper; the next one is higher than all.
    expect(status).toMatchObject({ newestSaleId: 2 });
  });

  it("sees what changed after it was looked at for the second time, too", async () => {
    const other = new BackupBench({ sales: 2 });
    const path = await other.copy();
    const bench = await TillBench.open();
    await bench.untilState(await bench.sell(), "printed");
    bench.device.setFault({ kind: "paperOut", afterMm: 0 });
    const owed = await bench.sell();
    await bench.untilState(owed, "failed");
    const preview = await bench.call("backup.preview", { path, passphrase: null });
    const refused = bench.refusal("backup.restore", { ...wishOf(preview), pin: PIN });
    // While the backup is read the receipt is settled: somebody agreed to give up one that was owed.
    await bench.call("receipt.declined", bench.exit(owed));
    expect((await refused).code).toBe("RESTORE_CHANGED");
    expect(await bench.state(owed)).toBe("declined");
    expect(await bench.state(1)).toBe("printed");
    expect(bench.incidents).toEqual([]);
  });

  it("makes a copy by itself when the day is closed, and one an hour while selling", async () => {
    const bench = await TillBench.open();
    const newest = async () => (await bench.call("backup.state", {})).copies[0];
    const untilNewest = (reason: string, sales: number) =>
      untilFeed(bench, async () => {
        const copy = await newest();
        return copy?.reason === reason && copy.sales === sales;
      });
    await bench.untilState(await bench.sell(), "printed");
    await untilNewest("selling", 1);
    await bench.untilState(await bench.sell(), "printed");
    expect(await newest()).toMatchObject({ sales: 1 });
    await bench.call("day.close", { requestId: bench.requestId(), signature: null });
    await untilNewest("dayEnd", 2);
    // Again at a restart: everything is in a copy, and the next one is not due yet.
    await bench.restart();
    await bench.untilState(await bench.sell(), "printed");
    expect(await newest()).toMatchObject({ sales: 2 });
    bench.clock.jump(61 * 60_000);
    await untilNewest("selling", 3);
    expect(bench.incidents).toEqual([]);
  });

  it("before first start a backup is enough: shop, sales and manager are those of before", async () => {
    const old = await TillBench.open();
    const saleId = await old.sell();
    await old.untilIdle();
    const { state } = await old.backUp();
    const path = state.copies[0]?.path ?? "";
    const fresh = await emptyTill();
    const preview = await fresh.call("backup.preview", { path, passphrase: null });
    expect(preview).toMatchObject({ signer: "otherTill", here: { facts: { sales: 0 } } });
    const wish = wishOf(preview);
    await fresh.call("backup.restore", { ...wish, pin: null, lastOnPaper: 7 });
    expect(await fresh.call("status.get", {})).toMatchObject({
      newestSaleId: 7,
      saleIdsLeftOut: [{ from: saleId + 1, to: 7 }],
    });
    const settings = await fresh.call("settings.get", {});
    expect(settings).toMatchObject({ ready: true, shop: { name: "街角便利店" } });
    expect((await fresh.call("history.sale", { saleId })).head.saleId).toBe(saleId);
    await fresh.call("settings.change", { patch: { taxMode: "exclusive" }, pin: PIN });
    // Now there is a manager, whom a second restore has to ask.
    expect((await fresh.refusal("backup.restore", { ...wish, pin: null })).code).toBe("WRONG_PIN");
  });
});

/** A till before its first start, on an empty folder. */
async function emptyTill() {
  const store = new Map<string, unknown>();
  const till = await createTill({
    dataDir: join(tempDir(), "till"),
    clock: new TestClock(1),
    settings: { get: (key) => store.get(key), set: (key, value) => void store.set(key, value) },
    report: (where, error) => {
      throw new Error(`unexpected in ${where}`, { cause: error });
    },
  });
  onTestFinished(() => till.close());
  return {
    call: async <N extends CallName>(name: N, input: CallInput<N>) => {
      const reply = await till.dispatch(name, input);
      if (!reply.ok) throw new Error(`${name}: ${JSON.stringify(reply.refusal)}`);
      return reply.value as CallOutput<N>;
    },
    refusal: async <N extends CallName>(name: N, input: CallInput<N>) => {
      const reply = await till.dispatch(name, input);
      if (reply.ok) throw new Error(`${name} was not refused`);
      return reply.refusal;
    },
  };
}

/** Resolves when `check` holds; asked after every change the till tells of its backups. */
function untilFeed(bench: TillBench, check: () => Promise<boolean>): Promise<void> {
  return new Promise((resolve, reject) => {
    const stop = bench.till.listen("backup", () => look());
    const look = () => {
      check().then((holds) => {
        if (!holds) return;
        stop();
        resolve();
      }, reject);
    };
    look();
  });
}

describe("a till that is closed for other books", () => {
  const events: string[] = [];
  type Change = { make(): void; undo(): void };
  const tillOf = (name: string) => ({
    dispatch: () => Promise.resolve({ ok: true as const, value: name }),
    listen: () => () => {},
    latest: () => null,
    close: () => {
      events.push(`close ${name}`);
      return Promise.resolve();
    },
  });

  it("is opened on the old ones again when the new ones can't be opened", async () => {
    const names = ["old", "broken", "old again"];
    let reopen = (_change: Change): Promise<void> => Promise.reject(new Error("not yet"));
    const till = await reopeningTill((given) => {
      reopen = given;
      const name = names.shift() ?? "";
      if (name === "broken") return Promise.reject(new Error("can't be opened"));
      return Promise.resolve(tillOf(name));
    }, String);
    const change = { make: () => events.push("make"), undo: () => events.push("undo") };
    await expect(reopen(change)).rejects.toThrow("can't be opened");
    expect(events).toEqual(["close old", "make", "undo"]);
    expect(await till.dispatch("x", {})).toEqual({ ok: true, value: "old again" });
  });
});

it("books beside a folder that can't be read are not lost: the plan is finished first", () => {
  const dir = tempDir();
  mkdirSync(join(dir, "x"));
  writeFileSync(join(dir, "restore-plan.json"), "{");
  expect(() => restore("none", dir, "--yes")).not.toThrow();
  expect(restore("none", dir, "--yes").status).toBe(1);
  expect(existsSync(join(dir, "slipsure.db"))).toBe(false);
});

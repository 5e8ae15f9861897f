import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it, onTestFinished } from "vitest";
import type { CallInput, CallName, CallOutput } from "../../../main/contract/calls.ts";
import { SaleLog } from "../../../main/sale-log/sale-log.ts";
import { verifyFile } from "../../../main/sale-log/verify/verify-file.ts";
import { Database } from "../../../main/sale-log/sqlite.ts";
import { createTill } from "../../../main/till.ts";
import { reopeningTill } from "../../../main/till/reopening-till.ts";
import { addSale } from "../support/log-samples.ts";
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
      { backup: { seq: end.seq, hash: end.hash, sales: 4 }, before: null, lostSales: 0 },
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
    expect(restore(sealed, dir, "--yes", "--passphrase-file", secret).status).toBe(0);
    const key = (folder: string) => readFileSync(join(folder, "till.key"), "utf8");
    expect(key(dir)).toBe(key(bench.dataDir));
    const log = new SaleLog(dir);
    addSale(log);
    log.close();
    expect((await verify(dir)).findings).toEqual([]);
    expect(readdirSync(dir)).not.toContain("restore-work");
  });
});

describe("over books that are there", () => {
  it("these are set aside as they were, and both ends stand in the log", async () => {
    const bench = new BackupBench({ sales: 3 });
    const path = await bench.copy();
    for (let n = 0; n < 4; n += 1) addSale(bench.log);
    const before = bench.log.head();
    await bench.close();
    const run = restore(path, bench.dataDir, "--yes");
    expect(run.stdout).toContain("4 sales that are here now are not in the backup (from no. 4)");
    expect(run.status).toBe(0);
    const [event] = restoredEvents(bench.dataDir);
    expect(event).toMatchObject({
      backup: { sales: 3 },
      before: { seq: before.seq, hash: before.hash, sales: 7 },
      lostSales: 4,
    });
    const aside = join(bench.dataDir, String(event?.["setAside"]));
    const old = new SaleLog(aside);
    expect(old.sales.newestId()).toBe(7);
    expect(old.damage).toEqual([]);
    old.close();
    // The same till with its own key: nothing strange.
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
      here: { relation: "older", lostSales: 1, lostFromSaleId: 3, facts: { sales: 3 } },
    });
    const wish = { path, passphrase: null, head: preview.facts.head.hash };
    expect((await bench.refusal("backup.restore", { ...wish, pin: "0000" })).code).toBe(
      "WRONG_PIN",
    );
    expect((await bench.refusal("backup.restore", { ...wish, head: "x", pin: PIN })).code).toBe(
      "BACKUP_DAMAGED",
    );
    const done = await bench.call("backup.restore", { ...wish, pin: PIN });
    expect(done.sales).toBe(2);
    expect(existsSync(join(bench.dataDir, done.setAside ?? "", "slipsure.db"))).toBe(true);
    // The feed of the page that stayed open.
    const status = await bench.until(({ newestSaleId }) => newestSaleId === 2);
    expect(status.cashier).toBe("小王");
    await bench.until(({ printer }) => printer.state === "ready");
    expect(await bench.sell()).toBe(3);
    await bench.untilState(3, "printed");
    await bench.restart();
    expect(restoredEvents(bench.dataDir)).toMatchObject([{ before: { sales: 3 }, lostSales: 1 }]);
    expect((await bench.call("status.get", {})).newestSaleId).toBe(3);
    expect(bench.incidents).toEqual([]);
  });

  it("a receipt that was on its way when the copy was made is asked about", async () => {
    const bench = await TillBench.open();
    bench.device.setFault({ kind: "paperOut", afterMm: 0 });
    const saleId = await bench.sell();
    await bench.untilState(saleId, "failed");
    const { state } = await bench.backUp();
    bench.device.loadPaper();
    await bench.untilState(saleId, "printed");
    const path = state.copies[0]?.path ?? "";
    const { facts } = await bench.call("backup.preview", { path, passphrase: null });
    const head = facts.head.hash;
    await bench.call("backup.restore", { path, passphrase: null, head, pin: PIN });
    const { rail } = await bench.call("status.get", {});
    expect(rail.map((owed) => owed.saleId)).toEqual([saleId]);
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
    const head = preview.facts.head.hash;
    await fresh.call("backup.restore", { path, passphrase: null, head, pin: null });
    const settings = await fresh.call("settings.get", {});
    expect(settings).toMatchObject({ ready: true, shop: { name: "街角便利店" } });
    expect((await fresh.call("history.sale", { saleId })).head.saleId).toBe(saleId);
    await fresh.call("settings.change", { patch: { taxMode: "exclusive" }, pin: PIN });
    // Now there is a manager, whom a second restore has to ask.
    const again = { path, passphrase: null, head };
    expect((await fresh.refusal("backup.restore", { ...again, pin: null })).code).toBe("WRONG_PIN");
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

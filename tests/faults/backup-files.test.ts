import { createHash, generateKeyPairSync, sign } from "node:crypto";
import {
  copyFileSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import fc from "fast-check";
import { expect, test } from "vitest";
import { appendNote, makeNote, readNote, type BackupNote } from "../../main/backup/backup-file.ts";
import { findBackups } from "../../main/backup/find.ts";
import { inspectBackup } from "../../main/backup/inspect.ts";
import { listBackups, placeIdOf } from "../../main/backup/inventory.ts";
import { createOwnerKey, type OwnerKey } from "../../main/backup/owner-key.ts";
import { problemOf } from "../../main/backup/problem.ts";
import { bringBooks } from "../../main/backup/restore.ts";
import { sealFile } from "../../main/backup/sealed-file.ts";
import { preparePlace } from "../../main/backup/second-place.ts";
import { BackupBench } from "../unit/backup/backup-bench.ts";
import { tempDir } from "../unit/support/temp-dir.ts";
import { anyDamage, hunt, spoil } from "./support/fuzz.ts";
import { anyHostileJson, HOSTILE_TEXTS } from "./support/hostile-values.ts";

const PASSPHRASE = "seven lemons on a counter";
const NAME = "slipsure-abc-20261123-120000";

let whole: Buffer;
let sealed: Buffer;
let owner: OwnerKey;

/** One good backup, open and sealed, made once. */
async function makeBackups(): Promise<void> {
  if (whole) return;
  const bench = new BackupBench({ sales: 3 });
  const path = await bench.copy();
  whole = readFileSync(path);
  // As cheap as the format allows: many are opened here.
  owner = createOwnerKey(PASSPHRASE, 1024);
  const to = join(tempDir(), `${NAME}.sealed`);
  sealFile(path, to, { tillId: readNote(path).manifest.tillId, atMs: 1, owner }, () => {});
  sealed = readFileSync(to);
}

/** Looks at a file in every way the till does; what is wrong with it, null when nothing is. */
async function problemWith(
  path: string,
  passphrase: string | null = PASSPHRASE,
): Promise<string | null> {
  const folder = join(path, "..");
  const workDir = join(folder, "work");
  const target = join(folder, "target");
  mkdirSync(target, { recursive: true });
  expect(listBackups(folder).length).toBeLessThanOrEqual(1);
  expect(findBackups([folder]).length).toBeLessThanOrEqual(1);
  const before = readdirSync(folder);
  try {
    const found = await inspectBackup({ path, passphrase, workDir }, () => {});
    bringBooks(target, found, () => {});
    expect(() => void JSON.parse(found.note.settings)).not.toThrow();
    return null;
  } catch (error) {
    const problem = problemOf(error);
    if (problem === "unexpected") throw error;
    return problem;
  } finally {
    const known = ["slipsure.db.restoring", "slipsure.witness.restoring"];
    expect(readdirSync(target).filter((name) => !known.includes(name))).toEqual([]);
    expect(readdirSync(folder).filter((name) => name !== "work")).toEqual(before);
  }
}

function fileOf(bytes: Uint8Array, end: "backup" | "sealed" = "backup"): string {
  const path = join(folderNow(), `${NAME}.${end}`);
  writeFileSync(path, bytes);
  return path;
}

let folder = "";
let folders = 0;
/** A new folder for every file: nothing of the last one may help or hinder. */
function folderNow(): string {
  folders += 1;
  const next = join(folder, String(folders));
  mkdirSync(next);
  return next;
}

async function begin(): Promise<void> {
  folder = tempDir();
  await makeBackups();
}

/** Anybody can make a key and sign with it. */
function forged(change: (parts: { database: Buffer; note: BackupNote }) => void): string {
  const bytes = readNote(fileOf(whole)).manifest.database.bytes;
  const parts = { database: Buffer.from(whole.subarray(0, bytes)), note: noteOf(whole, bytes) };
  change(parts);
  const path = fileOf(parts.database);
  appendNote(path, parts.note);
  return path;
}

function noteOf(file: Buffer, bytes: number): BackupNote {
  return JSON.parse(file.subarray(bytes, file.length - 22).toString("utf8")) as BackupNote;
}

const strangerKey = generateKeyPairSync("ed25519");
const stranger = {
  publicKey: String(strangerKey.publicKey.export({ format: "jwk" }).x),
  sign: (text: string) =>
    sign(null, Buffer.from(text), strangerKey.privateKey).toString("base64url"),
};

function signedByStranger(
  note: BackupNote,
  manifest: Record<string, unknown>,
  settings = note.settings,
): BackupNote {
  const signed = JSON.stringify({
    ...(JSON.parse(note.manifest) as object),
    settingsSha256: createHash("sha256").update(settings).digest("hex"),
    ...manifest,
  });
  return {
    ...note,
    settings,
    manifest: signed,
    publicKey: stranger.publicKey,
    signature: stranger.sign(signed),
  };
}

test("a whole one is whole, open or sealed", async () => {
  await begin();
  expect(await problemWith(fileOf(whole))).toBeNull();
  expect(await problemWith(fileOf(sealed, "sealed"))).toBeNull();
});

test("one that is damaged anywhere is told from a whole one, and changes nothing", async () => {
  await begin();
  const damaged = fc.tuple(fc.boolean(), anyDamage);
  await hunt(damaged, 40, async ([isSealed, damage]) => {
    const bytes = isSealed ? sealed : whole;
    const spoilt = spoil(bytes, damage);
    const path = fileOf(spoilt, isSealed ? "sealed" : "backup");
    expect((await problemWith(path)) === null).toBe(spoilt.equals(bytes));
  });
  // The note is small beside the database: it gets a share of its own.
  const start = readNote(fileOf(whole)).manifest.database.bytes;
  await hunt(anyDamage, 40, async (damage) => {
    const spoilt = Buffer.concat([whole.subarray(0, start), spoil(whole.subarray(start), damage)]);
    expect((await problemWith(fileOf(spoilt))) === null).toBe(spoilt.equals(whole));
  });
});

test("a note of any content, signed by a stranger, brings no books", async () => {
  await begin();
  const fields = [
    "tillId",
    "shop",
    "atMs",
    "schema",
    "facts",
    "findings",
    "database",
    "v",
    "sqlite",
  ];
  const change = fc.tuple(fc.constantFrom(...fields), anyHostileJson);
  await hunt(change, 40, async ([field, value]) => {
    const path = forged((parts) => {
      parts.note = signedByStranger(parts.note, { [field]: value });
    });
    expect(await problemWith(path)).not.toBeNull();
  });
  await hunt(
    fc.tuple(fc.constantFrom("manifest", "settings", "tillKey"), anyHostileJson),
    30,
    async ([field, value]) => {
      const path = forged((parts) => {
        // A copy without the till's key says null itself.
        Object.assign(parts.note, { [field]: value ?? "none" });
      });
      expect(await problemWith(path)).not.toBeNull();
    },
  );
});

/** Books somebody else made, signed as their own by the key they themselves name. */
function strangeBooks(change: (db: DatabaseSync) => void, settings?: string): string {
  return forged((parts) => {
    const path = join(folderNow(), "books.db");
    writeFileSync(path, parts.database);
    const db = new DatabaseSync(path, { defensive: false });
    db.exec("PRAGMA writable_schema=ON");
    const triggers = db.prepare("SELECT name FROM sqlite_schema WHERE type='trigger'").all();
    for (const { name } of triggers) db.exec(`DROP TRIGGER ${String(name)}`);
    db.exec("PRAGMA ignore_check_constraints=ON");
    db.prepare("UPDATE meta SET v=? WHERE k='public_key'").run(stranger.publicKey);
    change(db);
    db.exec("PRAGMA journal_mode=DELETE");
    db.close();
    parts.database = readFileSync(path);
    const sha256 = createHash("sha256").update(parts.database).digest("hex");
    const database = { bytes: parts.database.length, sha256 };
    parts.note = signedByStranger(parts.note, { database }, settings);
  });
}

test.each<[string, (db: DatabaseSync) => void]>([
  ["without a table", (db) => db.exec("DROP TABLE meta")],
  ["without any table", (db) => db.exec("PRAGMA foreign_keys=OFF; DROP TABLE sale")],
  ["with numbers no till can count to", (db) => db.exec(`UPDATE sale SET total=${2n ** 62n}`)],
  ["with a day that is none", (db) => db.exec("UPDATE day SET biz_date=''")],
  [
    "with a view in place of a table",
    (db) => db.exec("ALTER TABLE day RENAME TO d2; CREATE VIEW day AS SELECT * FROM day"),
  ],
  ["with a schema in ruins", (db) => db.exec("UPDATE sqlite_schema SET sql='x' WHERE name='sale'")],
])("strange books %s are damaged, and that is all", async (_what, change) => {
  await begin();
  expect(["damaged", "signatureWrong"]).toContain(await problemWith(strangeBooks(change)));
});

test.each(["", "null", "[]", '"x"', "{", "1e999"])(
  "regression: settings that are %j do not wait until the books are placed",
  async (settings) => {
    await begin();
    const path = strangeBooks(() => {}, settings);
    expect(await problemWith(path)).toBe("damaged");
  },
);

test("regression: a passphrase that would cost gigabytes to try is not tried", async () => {
  await begin();
  const end = sealed.indexOf("\n", 18) + 1;
  const head = JSON.parse(sealed.subarray(18, end).toString()) as { owner: OwnerKey };
  for (const cost of [
    { N: 1_048_576, r: 8 },
    { N: 1_048_576, r: 16, p: 4 },
    { N: 1_000_000 },
    { N: 1025 },
  ]) {
    const dear = { ...head, owner: { ...owner, wrapped: { ...owner.wrapped, ...cost } } };
    const line = `${JSON.stringify(dear)}\n`;
    const sum = createHash("sha256").update(line).digest("hex");
    const rest = sealed.subarray(end + 65);
    const bytes = Buffer.concat([sealed.subarray(0, 18), Buffer.from(`${line}${sum}\n`), rest]);
    expect(await problemWith(fileOf(bytes, "sealed"))).toBe("damaged");
  }
});

test("heads and notes that claim any size are believed in nothing", async () => {
  await begin();
  const end = sealed.indexOf("\n", 18) + 1;
  const head = JSON.parse(sealed.subarray(18, end).toString()) as object;
  const sizes = [0, 1, -1, 2 ** 31, 2 ** 53 - 1, 1e300, 1024, 16 * 1024 * 1024];
  for (const size of sizes)
    for (const field of ["bytes", "pieceBytes"]) {
      const line = `${JSON.stringify({ ...head, [field]: size })}\n`;
      const sum = createHash("sha256").update(line).digest("hex");
      const rest = sealed.subarray(end + 65);
      const bytes = Buffer.concat([sealed.subarray(0, 18), Buffer.from(`${line}${sum}\n`), rest]);
      expect([size, field, await problemWith(fileOf(bytes, "sealed"))]).toEqual([
        size,
        field,
        "damaged",
      ]);
    }
  for (const length of [0, 1, 0x7fff_ffff, 0xffff_ffff, whole.length]) {
    const bytes = Buffer.from(whole);
    bytes.writeUInt32BE(length >>> 0, bytes.length - 22);
    expect(await problemWith(fileOf(bytes))).toBe("damaged");
  }
  const hole = fileOf(Buffer.alloc(0));
  truncateSync(hole, 2 ** 40);
  expect(statSync(hole).size).toBe(2 ** 40);
  expect(await problemWith(hole)).toBe("damaged");
});

test("names and links lead to nothing but the file itself", async () => {
  await begin();
  const place = folderNow();
  const victim = join(folder, "victim.txt");
  writeFileSync(victim, "mine");
  for (const name of HOSTILE_TEXTS.filter(
    (text) => /^[^/\0]{1,80}$/.test(text) && text.isWellFormed(),
  ))
    writeFileSync(join(place, `${name.trim() || "x"}.backup`), whole);
  mkdirSync(join(place, "slipsure-a-20261123-120000.backup"));
  mkdirSync(join(place, "slipsure-b.part"));
  symlinkSync("/dev/zero", join(place, "slipsure-c-20261123-120000.backup"));
  symlinkSync(
    "slipsure-d-20261123-120000.backup",
    join(place, "slipsure-d-20261123-120000.backup"),
  );
  symlinkSync(victim, join(place, "slipsure-e-20261123-120000.backup"));
  symlinkSync(victim, join(place, "slipsure-place.json.part"));
  copyFileSync("/dev/null", join(place, "slipsure-place.json"));
  const listed = listBackups(place);
  expect(listed.map(({ problem }) => problem).filter((problem) => problem === null)).toEqual([]);
  expect(placeIdOf(place)).toBeNull();
  preparePlace({ folder: place, notUnder: folderNow() });
  expect(placeIdOf(place)).toMatch(/^[0-9a-f-]{36}$/);
  expect(readFileSync(victim, "utf8")).toBe("mine");
  for (const path of [
    "/dev/zero",
    "/proc/self/mem",
    place,
    `/${"n".repeat(300)}`,
    join(victim, "x"),
  ]) {
    const look = inspectBackup({ path, passphrase: null, workDir: folderNow() }, () => {});
    expect([path, await look.then(() => "found", problemOf)]).toEqual([
      path,
      expect.stringMatching(/^(notFound|notABackup|diskError)$/),
    ]);
  }
});

test("a marker of any content is an id or none", async () => {
  folder = tempDir();
  await hunt(
    fc.oneof(
      anyHostileJson.map((value) => ({ placeId: value })),
      anyHostileJson,
    ),
    100,
    (value) => {
      const place = folderNow();
      writeFileSync(join(place, "slipsure-place.json"), JSON.stringify(value));
      const id = placeIdOf(place);
      expect(id === null || id.length <= 64).toBe(true);
    },
  );
});

test("the forger of these tests can forge: an honest note of a stranger is refused for its key only", async () => {
  await begin();
  const path = forged((parts) => {
    const {
      v: _v,
      settingsSha256: _s,
      tillKeySha256: _t,
      ...facts
    } = readNote(fileOf(whole)).manifest;
    parts.note = makeNote(facts, { settings: parts.note.settings, tillKey: null }, stranger);
  });
  expect(await problemWith(path)).toBe("signatureWrong");
});

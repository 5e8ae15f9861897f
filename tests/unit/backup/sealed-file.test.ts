import { readFileSync, truncateSync, writeFileSync } from "node:fs";
import { createHash, randomBytes } from "node:crypto";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import {
  createOwnerKey,
  openBox,
  openOwnerKey,
  ownerKeyCode,
  sealBox,
  type OwnerKey,
} from "../../../main/backup/owner-key.ts";
import { BackupError } from "../../../main/backup/problem.ts";
import { isSealedFile, openSealedFile, sealFile } from "../../../main/backup/sealed-file.ts";
import { tempDir } from "../support/temp-dir.ts";

const PASSPHRASE = "雨后 的 柜台 seven lemons";
const MIB = 1024 * 1024;
/** Cheap to guess, and so quick to test: what it costs changes nothing else. */
const CHEAP = 1024;
let owner: OwnerKey;

beforeAll(() => {
  owner = createOwnerKey(PASSPHRASE, CHEAP);
});

function sealed(content: Buffer): { path: string; key: Buffer; contentSha256: string } {
  const dir = tempDir();
  writeFileSync(join(dir, "plain"), content);
  const path = join(dir, "sealed");
  const about = { tillId: "till", atMs: 1, owner };
  return { path, ...sealFile(join(dir, "plain"), path, about, () => {}) };
}

function opened(path: string, key: Buffer | { passphrase: string }): Buffer {
  const pieces: Buffer[] = [];
  openSealedFile(path, key, (piece) => pieces.push(Buffer.from(piece)));
  return Buffer.concat(pieces);
}

/** What opening a changed file is refused with. */
function problemAfter(change: (bytes: Buffer) => Buffer, content = randomBytes(2 * MIB + 77)) {
  const { path } = sealed(content);
  writeFileSync(path, change(readFileSync(path)));
  try {
    opened(path, { passphrase: PASSPHRASE });
  } catch (error) {
    if (error instanceof BackupError) return error.problem;
    throw error;
  }
  return "opened";
}

function flip(bytes: Buffer, at: number, bit = 0): Buffer {
  const changed = Buffer.from(bytes);
  changed[at] = (changed[at] ?? 0) ^ (1 << bit);
  return changed;
}

it("a passphrase costs whoever guesses it as much as intended", () => {
  expect(createOwnerKey(PASSPHRASE).wrapped).toMatchObject({ N: 131_072, r: 8, p: 1 });
});

describe("sealing", () => {
  it.each([0, 1, MIB - 1, MIB, MIB + 1, 3 * MIB, 3 * MIB + 12345])(
    "gives back %i bytes, by passphrase and by the file's own key",
    (size) => {
      const content = randomBytes(size);
      const { path, key, contentSha256 } = sealed(content);
      expect(isSealedFile(path)).toBe(true);
      expect(contentSha256).toBe(createHash("sha256").update(content).digest("hex"));
      expect(opened(path, key).equals(content)).toBe(true);
      expect(opened(path, { passphrase: PASSPHRASE }).equals(content)).toBe(true);
    },
  );

  it("shows nothing of what is inside, nor of the passphrase", () => {
    const content = Buffer.from("永安便利店 ".repeat(2000));
    const bytes = readFileSync(sealed(content).path);
    expect(bytes.includes("永安")).toBe(false);
    for (const word of PASSPHRASE.split(" ")) expect(bytes.includes(word)).toBe(false);
  });

  it("takes another key and other bytes each time", () => {
    const content = Buffer.alloc(1000);
    const [a, b] = [sealed(content), sealed(content)];
    expect(a.key.equals(b.key)).toBe(false);
    const tail = (path: string) => readFileSync(path).subarray(-500);
    expect(tail(a.path).equals(tail(b.path))).toBe(false);
  });
});

describe("the passphrase", () => {
  it.each(["", "wrong words", `${PASSPHRASE}!`, PASSPHRASE.toUpperCase()])(
    "%j is not it",
    (other) => {
      const { path } = sealed(randomBytes(10));
      expect(() => opened(path, { passphrase: other })).toThrow(
        expect.objectContaining({ problem: "wrongPassphrase" }),
      );
    },
  );

  it("is the same typed with other spaces or full-width letters", () => {
    const typed = "  雨后　的  柜台 ｓｅｖｅｎ lemons ";
    expect(() => openOwnerKey(owner, typed)).not.toThrow();
  });

  it("makes another key every time, told apart by a code for people", () => {
    const other = createOwnerKey(PASSPHRASE, CHEAP);
    expect(other.publicKey).not.toBe(owner.publicKey);
    expect(ownerKeyCode(other)).not.toBe(ownerKeyCode(owner));
    expect(ownerKeyCode(owner)).toMatch(/^[A-HJ-NP-Z2-9]{4}-[A-HJ-NP-Z2-9]{4}$/);
  });

  it("opens a small box, such as the till's key, and nobody else's", () => {
    const box = sealBox(owner, Buffer.from("a key"));
    const privateKey = openOwnerKey(owner, PASSPHRASE);
    expect(openBox(privateKey, owner, box).toString()).toBe("a key");
    const other = createOwnerKey(PASSPHRASE, CHEAP);
    const otherKey = openOwnerKey(other, PASSPHRASE);
    expect(() => openBox(otherKey, other, box)).toThrow(BackupError);
  });
});

describe("a changed file is called damaged, never a wrong passphrase", () => {
  it("any bit of its head", () => {
    const { path } = sealed(randomBytes(100));
    const bytes = readFileSync(path);
    const headEnd = bytes.indexOf("\n", 18) + 66;
    // Past the mark: without that it is no sealed backup at all. One bit of every byte.
    for (let at = 18; at < headEnd; at += 1) {
      writeFileSync(path, flip(bytes, at, at % 8));
      expect(() => opened(path, { passphrase: PASSPHRASE })).toThrow(
        expect.objectContaining({ problem: "damaged" }),
      );
    }
  });

  it.each([0.1, 0.3, 0.5, 0.7, 0.9, 0.999])("one bit %f of the way", (share) => {
    const problem = problemAfter((bytes) =>
      flip(bytes, 1200 + Math.floor((bytes.length - 1201) * share), 3),
    );
    expect(problem).toBe("damaged");
  });

  it("cut off anywhere", () => {
    for (const keep of [0.2, 0.5, 0.99])
      expect(problemAfter((bytes) => bytes.subarray(0, Math.floor(bytes.length * keep)))).toBe(
        "damaged",
      );
  });

  it("cut off at the end of a piece", () => {
    const { path } = sealed(randomBytes(3 * MIB));
    truncateSync(path, readFileSync(path).length - MIB - 16);
    expect(() => opened(path, { passphrase: PASSPHRASE })).toThrow(
      expect.objectContaining({ problem: "damaged" }),
    );
  });

  it("two pieces that changed places", () => {
    const piece = MIB + 16;
    const problem = problemAfter(
      (bytes) => {
        const start = bytes.length - 3 * piece;
        const [head, a, b, c] = [
          bytes.subarray(0, start),
          bytes.subarray(start, start + piece),
          bytes.subarray(start + piece, start + 2 * piece),
          bytes.subarray(start + 2 * piece),
        ];
        return Buffer.concat([head, b, a, c]);
      },
      randomBytes(3 * MIB),
    );
    expect(problem).toBe("damaged");
  });

  it("something added at the end", () => {
    expect(problemAfter((bytes) => Buffer.concat([bytes, Buffer.alloc(16)]))).toBe("damaged");
  });
});

import { closeSync, fsyncSync, openSync, writeSync } from "node:fs";
import { constants, crc32, deflateRawSync } from "node:zlib";
import { BooksError } from "../problem.ts";

interface Entry {
  name: Buffer;
  /** Where its header begins. */
  offset: number;
  crc: number;
  packedBytes: number;
  bytes: number;
}

const LOCAL_HEADER = 0x04034b50;
const CENTRAL_HEADER = 0x02014b50;
const END_OF_DIRECTORY = 0x06054b50;
const LOCAL_BYTES = 30;
const CENTRAL_BYTES = 46;
const END_BYTES = 22;
/** Version that knows deflate. */
const NEEDS = 20;
/** Names are UTF-8. */
const UTF8 = 0x0800;
const DEFLATED = 8;
/** Greatest size and place a zip without its 64-bit extension can hold. */
const MOST_BYTES = 0xffff_ffff;
/** Enough for deflate to find what repeats, few enough to hold. */
const CHUNK_BYTES = 1 << 20;

/**
 * Writes a zip a piece at a time: memory holds a megabyte of it, whatever its size. Sizes and check sums
 * stand in front of each file, so any unpacker can read it. (PKWARE APPNOTE 6.3.10, sections 4.3 and 4.4)
 */
export class ZipFile {
  private readonly file: number;
  private readonly dosTime: number;
  private readonly dosDate: number;
  private readonly entries: Entry[] = [];
  private waiting: Buffer[] = [];
  private waitingBytes = 0;
  private offset = 0;

  /** @param at what files in it are dated with; the wall clock of the shop, as UTC. */
  constructor(path: string, at: Date) {
    this.file = openSync(path, "w");
    this.dosTime = (at.getUTCHours() << 11) | (at.getUTCMinutes() << 5) | (at.getUTCSeconds() >> 1);
    this.dosDate =
      ((at.getUTCFullYear() - 1980) << 9) | ((at.getUTCMonth() + 1) << 5) | at.getUTCDate();
  }

  /** Begins the next file; `add` fills it. */
  begin(name: string): void {
    this.end();
    const entry = {
      name: Buffer.from(name),
      offset: this.offset,
      crc: 0,
      packedBytes: 0,
      bytes: 0,
    };
    this.entries.push(entry);
    this.append(this.localHeader(entry));
  }

  /** @throws BooksError `tooLarge`, or the error of the disk. */
  add(bytes: Buffer): void {
    const entry = this.entries.at(-1);
    if (!entry) throw new Error("no file has begun");
    entry.crc = crc32(bytes, entry.crc);
    entry.bytes += bytes.length;
    this.waiting.push(bytes);
    this.waitingBytes += bytes.length;
    if (this.waitingBytes >= CHUNK_BYTES) this.pack(constants.Z_SYNC_FLUSH);
  }

  /** Writes the directory and returns the size of the whole in bytes; on disk when this returns. */
  finish(): number {
    this.end();
    const start = this.offset;
    for (const entry of this.entries) this.append(this.centralHeader(entry));
    const end = Buffer.alloc(END_BYTES);
    end.writeUInt32LE(END_OF_DIRECTORY, 0);
    end.writeUInt16LE(this.entries.length, 8);
    end.writeUInt16LE(this.entries.length, 10);
    end.writeUInt32LE(this.offset - start, 12);
    end.writeUInt32LE(start, 16);
    this.append(end);
    fsyncSync(this.file);
    return this.offset;
  }

  close(): void {
    closeSync(this.file);
  }

  /** The last piece of the file that was begun, and its sizes put in front of it. */
  private end(): void {
    const entry = this.entries.at(-1);
    if (!entry) return;
    if (entry.packedBytes === 0 || this.waitingBytes > 0) this.pack(constants.Z_FINISH);
    else this.put(entry, deflateRawSync(Buffer.alloc(0)));
    writeSync(this.file, this.localHeader(entry), 0, LOCAL_BYTES, entry.offset);
  }

  /** Each piece is packed by itself and ends on a byte, so the pieces together are one stream. (RFC 1951, 3.2.4) */
  private pack(finishFlush: number): void {
    const entry = this.entries.at(-1);
    if (!entry) return;
    this.put(entry, deflateRawSync(Buffer.concat(this.waiting), { finishFlush }));
    this.waiting = [];
    this.waitingBytes = 0;
  }

  private put(entry: Entry, packed: Buffer): void {
    this.append(packed);
    entry.packedBytes += packed.length;
  }

  private append(bytes: Buffer): void {
    if (this.offset + bytes.length > MOST_BYTES || (this.entries.at(-1)?.bytes ?? 0) > MOST_BYTES)
      throw new BooksError("tooLarge");
    for (let done = 0; done < bytes.length;)
      done += writeSync(this.file, bytes, done, bytes.length - done, this.offset + done);
    this.offset += bytes.length;
  }

  private localHeader(entry: Entry): Buffer {
    const header = Buffer.alloc(LOCAL_BYTES);
    header.writeUInt32LE(LOCAL_HEADER, 0);
    this.describe(header, 4, entry);
    return Buffer.concat([header, entry.name]);
  }

  private centralHeader(entry: Entry): Buffer {
    const header = Buffer.alloc(CENTRAL_BYTES);
    header.writeUInt32LE(CENTRAL_HEADER, 0);
    header.writeUInt16LE(NEEDS, 4);
    this.describe(header, 6, entry);
    header.writeUInt32LE(entry.offset, 42);
    return Buffer.concat([header, entry.name]);
  }

  /** What both headers say of a file, in the same order. */
  private describe(header: Buffer, at: number, { crc, packedBytes, bytes, name }: Entry): void {
    header.writeUInt16LE(NEEDS, at);
    header.writeUInt16LE(UTF8, at + 2);
    header.writeUInt16LE(DEFLATED, at + 4);
    header.writeUInt16LE(this.dosTime, at + 6);
    header.writeUInt16LE(this.dosDate, at + 8);
    header.writeUInt32LE(crc, at + 10);
    header.writeUInt32LE(packedBytes, at + 14);
    header.writeUInt32LE(bytes, at + 18);
    header.writeUInt16LE(name.length, at + 22);
  }
}

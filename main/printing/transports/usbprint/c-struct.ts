/**
 * Windows structures in memory, as 64-bit Windows lays them out. Only what is read or written here;
 * tests compare every layout with the one the foreign-function library computes.
 */

/** Size and alignment in bytes: a GUID begins with 32 bits, a FILETIME is two numbers of 32, a SYSTEMTIME eight of 16. */
const TYPES = {
  u16: { size: 2, align: 2 },
  u32: { size: 4, align: 4 },
  u64: { size: 8, align: 8 },
  pointer: { size: 8, align: 8 },
  guid: { size: 16, align: 4 },
  fileTime: { size: 8, align: 4 },
  systemTime: { size: 16, align: 2 },
} as const;

export type CType = keyof typeof TYPES;

export interface CStruct<Field extends string> {
  readonly size: number;
  readonly offsets: Readonly<Record<Field, number>>;
  readonly types: Readonly<Record<Field, CType>>;
}

/** Lays members out one behind the other, each at a multiple of its alignment, as C does. */
export function cStruct<Field extends string>(types: Record<Field, CType>): CStruct<Field> {
  const offsets = {} as Record<Field, number>;
  let end = 0;
  let widest = 1;
  for (const field of Object.keys(types) as Field[]) {
    const { size, align } = TYPES[types[field]];
    offsets[field] = roundUp(end, align);
    end = offsets[field] + size;
    widest = Math.max(widest, align);
  }
  return { size: roundUp(end, widest), offsets, types };
}

const roundUp = (value: number, step: number) => Math.ceil(value / step) * step;

/** Structures as a Windows call has filled them in, with the texts that stand behind them. */
export class StructReader<Field extends string> {
  private readonly struct: CStruct<Field>;
  private readonly memory: Buffer;
  private readonly address: bigint;

  /** @param address where `memory` was when the call filled it in: pointers into it count from there */
  constructor(struct: CStruct<Field>, memory: Uint8Array, address: bigint) {
    this.struct = struct;
    this.memory = Buffer.from(memory.buffer, memory.byteOffset, memory.byteLength);
    this.address = address;
  }

  number(field: Field, index = 0): number {
    const at = this.at(field, index);
    return this.struct.types[field] === "u16"
      ? this.memory.readUInt16LE(at)
      : this.memory.readUInt32LE(at);
  }

  /**
   * The text a member points to; empty for a null pointer.
   * @throws Error when it does not lie in this memory: then the layout is not the one assumed
   */
  text(field: Field, index = 0): string {
    const pointer = this.memory.readBigUInt64LE(this.at(field, index));
    if (pointer === 0n) return "";
    const start = pointer - this.address;
    if (start < 0n || start >= BigInt(this.memory.length))
      throw new Error(`${field} points outside of what Windows returned`);
    return wideText(this.memory.subarray(Number(start)));
  }

  private at(field: Field, index: number): number {
    return index * this.struct.size + this.struct.offsets[field];
  }
}

/** UTF-16 up to its first zero, or to the end. */
export function wideText(bytes: Uint8Array): string {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength & ~1).toString(
    "utf16le",
  );
  return text.split("\0", 1)[0] ?? "";
}

/** A GUID or property key's GUID as it stands in memory. */
export function guidBytes(guid: string): Buffer {
  const [a = "", b = "", c = "", d = "", e = ""] = guid.split("-");
  const bytes = Buffer.alloc(16);
  bytes.writeUInt32LE(Number.parseInt(a, 16), 0);
  bytes.writeUInt16LE(Number.parseInt(b, 16), 4);
  bytes.writeUInt16LE(Number.parseInt(c, 16), 6);
  bytes.set(Buffer.from(d + e, "hex"), 8);
  return bytes;
}

import fc from "fast-check";

/** Set for a long run by `npm run fuzz`; without it every run searches the same places. */
const seconds = Number(process.env["SLIPSURE_FUZZ_SECONDS"] ?? 0);
const seed = Number(process.env["SLIPSURE_FUZZ_SEED"] ?? 20_261_123);

/**
 * Looks for an input that breaks a property: `runs` of them, or as many as the time of a long run allows. A
 * failure names the seed and the smallest such input.
 */
export async function hunt<T>(
  inputs: fc.Arbitrary<T>,
  runs: number,
  holds: (input: T) => Promise<void> | void,
): Promise<void> {
  const search: fc.Parameters<[T]> =
    seconds > 0
      ? { seed, numRuns: 1e9, interruptAfterTimeLimit: seconds * 1000 }
      : { seed, numRuns: runs };
  await fc.assert(
    fc.asyncProperty(inputs, async (input) => {
      await holds(input);
    }),
    search,
  );
}

/** A file or a stream, and how it is spoilt. */
export interface Damage {
  /** Where, as a share of the length. */
  at: number;
  kind: "flip" | "cut" | "insert" | "repeat" | "zero" | "remove";
  bytes: Uint8Array;
}

export const anyDamage: fc.Arbitrary<Damage[]> = fc.array(
  fc.record({
    at: fc.double({ min: 0, max: 1, noNaN: true }),
    kind: fc.constantFrom("flip", "cut", "insert", "repeat", "zero", "remove"),
    bytes: fc.uint8Array({ minLength: 1, maxLength: 64 }),
  }),
  { minLength: 1, maxLength: 4 },
);

/** The bytes with all damage done, in order. */
export function spoil(bytes: Uint8Array, damage: readonly Damage[]): Buffer {
  let result = Buffer.from(bytes);
  for (const { at, kind, bytes: added } of damage) {
    const index = Math.floor(at * result.length);
    const [before, after] = [result.subarray(0, index), result.subarray(index)];
    const rest = after.subarray(added.length);
    if (kind === "cut") result = Buffer.from(before);
    if (kind === "insert") result = Buffer.concat([before, added, after]);
    if (kind === "remove") result = Buffer.concat([before, rest]);
    if (kind === "repeat") result = Buffer.concat([before, after.subarray(0, 512), after]);
    if (kind === "zero") result = Buffer.concat([before, new Uint8Array(added.length), rest]);
    if (kind === "flip" && result.length > index) {
      result = Buffer.from(result);
      result[index] = (result[index] ?? 0) ^ (1 << ((added[0] ?? 0) & 7));
    }
  }
  return result;
}

import fc from "fast-check";
import { z } from "zod";
import { anyHostile, HOSTILE_NUMBERS, HOSTILE_TEXTS } from "./hostile-values.ts";

/** Values a schema lets through, or nearly so, with hostile text wherever text may stand. */
export interface Known {
  /** Texts that mean something to this till: PINs, names, paths, request ids. */
  texts: readonly string[];
  numbers: readonly number[];
}

/** Days of the calendar; with the first and last a schema lets through, and a leap day. */
const DATES = ["0001-01-01", "1970-01-01", "2024-02-29", "2026-11-23", "2099-12-31", "9999-12-31"];

/**
 * Made from the schema itself, so that a call added tomorrow is searched too. A rule over several fields may
 * still refuse the whole.
 * @throws Error for a kind of schema nobody has used yet.
 */
export function validOf(schema: z.ZodType, known: Known): fc.Arbitrary<unknown> {
  const inner = (part: unknown) => validOf(part as z.ZodType, known);
  if (schema instanceof z.ZodString || schema instanceof z.ZodBase64) return textOf(schema, known);
  if (schema instanceof z.ZodISODate) return fc.constantFrom(...DATES);
  if (schema instanceof z.ZodNumber) return numberOf(schema, known);
  if (schema instanceof z.ZodBoolean) return fc.boolean();
  if (schema instanceof z.ZodEnum) return fc.constantFrom(...schema.options);
  if (schema instanceof z.ZodLiteral) return fc.constantFrom(...schema.values);
  if (schema instanceof z.ZodNullable)
    return fc.oneof({ weight: 2, arbitrary: inner(schema.unwrap()) }, fc.constant(null));
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodDefault)
    return fc.oneof({ weight: 2, arbitrary: inner(schema.unwrap()) }, fc.constant(undefined));
  if (schema instanceof z.ZodArray) return fc.array(inner(schema.element), { maxLength: 4 });
  if (schema instanceof z.ZodUnion)
    return fc.oneof(...schema.options.map((option) => inner(option)));
  if (schema instanceof z.ZodRecord)
    return fc.dictionary(
      fc.constantFrom(...HOSTILE_TEXTS, ...known.texts),
      inner(schema.valueType),
      {
        maxKeys: 4,
      },
    );
  if (schema instanceof z.ZodObject) {
    const fields = Object.entries(schema.shape).map(([key, part]) => [key, inner(part)] as const);
    return fc
      .record(Object.fromEntries(fields))
      .map((value) =>
        Object.fromEntries(Object.entries(value).filter(([, item]) => item !== undefined)),
      );
  }
  throw new Error(`no way to make a value of ${schema.type}`);
}

function textOf(schema: z.ZodString | z.ZodBase64, { texts }: Known): fc.Arbitrary<unknown> {
  const most = schema.maxLength ?? 10_000;
  const least = schema.minLength ?? 0;
  const fitted = [...HOSTILE_TEXTS, ...texts].map((text) =>
    text.padEnd(least, text === "" ? "x" : text).slice(0, most),
  );
  const good = [...new Set(fitted)].filter((text) => schema.safeParse(text).success);
  const [fallback = ""] = good;
  const free = fc
    .string({ unit: "binary", minLength: least, maxLength: Math.min(most, 500) })
    .map((text) => (schema.safeParse(text).success ? text : fallback));
  return good.length === 0
    ? free
    : fc.oneof({ weight: 3, arbitrary: fc.constantFrom(...good) }, free);
}

function numberOf(schema: z.ZodNumber, { numbers }: Known): fc.Arbitrary<unknown> {
  const min = Math.max(schema.minValue ?? 0, Number.MIN_SAFE_INTEGER);
  const max = Math.min(schema.maxValue ?? 0, Number.MAX_SAFE_INTEGER);
  const good = [0, 1, 2, 3, min, max, ...numbers, ...HOSTILE_NUMBERS].filter(
    (number) => schema.safeParse(number).success,
  );
  return fc.oneof(
    { weight: 3, arbitrary: fc.constantFrom(...good) },
    fc.maxSafeInteger().map((any) => (schema.safeParse(any).success ? any : (good[0] ?? 0))),
  );
}

/** A change somewhere inside a value. */
interface Mutation {
  where: readonly number[];
  how: "replace" | "remove" | "add" | "wrap" | "double";
  by: unknown;
}

const anyMutation: fc.Arbitrary<Mutation> = fc.record({
  where: fc.array(fc.nat(20), { maxLength: 5 }),
  how: fc.constantFrom("replace", "replace", "remove", "add", "wrap", "double"),
  by: anyHostile,
});

/** Valid inputs, and valid inputs with something hostile in one or two places. */
export function hostileInputs(schema: z.ZodType, known: Known): fc.Arbitrary<unknown> {
  return fc
    .tuple(validOf(schema, known), fc.array(anyMutation, { maxLength: 2 }))
    .map(([value, mutations]) => mutations.reduce(mutated, structuredClone(value)));
}

function mutated(value: unknown, { where, how, by }: Mutation): unknown {
  const [first, ...rest] = where;
  if (typeof value !== "object" || value === null || first === undefined) {
    if (how === "wrap") return [value];
    return how === "double" && typeof value === "string" ? value + value : by;
  }
  if (!isPlain(value)) return by;
  const keys = Object.keys(value);
  const key = keys[first % Math.max(1, keys.length)];
  if (key === undefined || (rest.length === 0 && how === "add")) {
    const added = key === undefined || first % 2 === 0 ? "__proto__" : "constructor";
    put(value, added, by);
    return value;
  }
  const items = value as Record<string, unknown>;
  if (rest.length === 0 && how === "remove") delete items[key];
  else put(value, key, mutated(items[key], { where: rest, how, by }));
  return value;
}

/** As JSON.parse does: an own key, whatever its name. */
function put(value: object, key: string, item: unknown): void {
  const rights = { enumerable: true, configurable: true, writable: true };
  Object.defineProperty(value, key, { value: item, ...rights });
}

function isPlain(value: object): boolean {
  return Array.isArray(value) || Object.getPrototypeOf(value) === Object.prototype;
}

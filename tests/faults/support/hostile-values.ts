import fc from "fast-check";

/** Texts that some program somewhere takes for more than text. */
export const HOSTILE_TEXTS: readonly string[] = [
  "",
  " ",
  "0",
  "-1",
  "1e309",
  "NaN",
  "null",
  "undefined",
  "__proto__",
  "constructor",
  "toString",
  "'; DROP TABLE event; --",
  '" OR ""="',
  "%' ESCAPE '\\",
  'sale* OR NEAR(a b) -"',
  "<script>alert(1)</script>",
  "<img src=x onerror=alert(1)>",
  "{{constructor.constructor('return process')()}}",
  "${process.exit(1)}",
  "../../../../etc/passwd",
  "..\\..\\windows\\win.ini",
  "file:///etc/passwd",
  "%s%s%s%n%x",
  "{no}{total}{date}{constructor}",
  "=cmd|'/C calc'!A0",
  "+1+1",
  "@SUM(1)",
  "\u0000",
  "a\u0000b",
  "\u001b@\u001dV\u0000",
  "\u0010\u0014\u0001\u0000\u0005",
  "\r\nset-cookie: a=b",
  "\u202eevil\u202c",
  "\u2066\u2067\u2068",
  "\u200b\ufeff",
  "\ud800",
  "a\udfffb",
  "\ufffe\uffff",
  "e" + "\u0301".repeat(60),
  "👩‍👩‍👧‍👦".repeat(5),
  "﷽".repeat(20),
  "𠀀㐀龘",
  "İıſßﬁ",
  "x".repeat(1000),
  "中".repeat(200),
  "99999999999999999999",
  "0x1f",
  "20-",
  "50±",
  "±",
  "-".repeat(100),
  "(".repeat(100),
];

export const HOSTILE_NUMBERS: readonly number[] = [
  -1,
  -0,
  0.5,
  1e-7,
  2 ** 31,
  2 ** 32,
  2 ** 53 - 1,
  2 ** 53,
  -(2 ** 53),
  1e21,
  Number.MAX_VALUE,
  Number.NaN,
  Number.POSITIVE_INFINITY,
  Number.NEGATIVE_INFINITY,
];

/** An object whose own keys are those that every object has. */
function withOwnPrototypeKeys(): unknown {
  return JSON.parse(
    '{"__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}}}',
  );
}

function nested(depth: number): unknown {
  let value: unknown = 1;
  for (let n = 0; n < depth; n += 1) value = n % 2 === 0 ? [value] : { value };
  return value;
}

/** Anything at all, of any type, in place of what was asked for. */
export const anyHostile: fc.Arbitrary<unknown> = fc.oneof(
  fc.constantFrom<unknown>(...HOSTILE_TEXTS),
  fc.constantFrom<unknown>(...HOSTILE_NUMBERS),
  fc.constantFrom<unknown>(null, undefined, true, false, [], {}, 1n, new Date(0), new Map()),
  fc.string({ unit: "binary", maxLength: 300 }),
  fc.integer(),
  fc.double(),
  fc.constant(null).map(withOwnPrototypeKeys),
  fc.constantFrom(10, 1_000).map(nested),
  fc.constantFrom(10_000, 2_000_000).map((length) => "A".repeat(length)),
  fc.array(fc.constant(0), { minLength: 1000, maxLength: 3000 }),
  fc.anything({ maxDepth: 3 }),
);

/** As `anyHostile`, of what a file of JSON can hold. */
export const anyHostileJson: fc.Arbitrary<unknown> = anyHostile.map((value) => {
  try {
    return JSON.parse(JSON.stringify(value) ?? "null") as unknown;
  } catch {
    return null;
  }
});

import fc from "fast-check";
import { expect, test } from "vitest";
import { CALLS, type CallName } from "../../main/contract/calls.ts";
import { BesiegedTill } from "./support/besieged-till.ts";
import { hostileInputs } from "./support/from-schema.ts";
import { hunt } from "./support/fuzz.ts";

const NAMES = Object.keys(CALLS) as CallName[];

test("every call answers anything with a value or a refusal, and the till goes on", async () => {
  const till = await BesiegedTill.open();
  const attacks = NAMES.map((name) =>
    hostileInputs(CALLS[name].input, till.known).map((input) => ({ name, input })),
  );
  await hunt(fc.oneof(...attacks), 400, ({ name, input }) => till.attack(name, input));
  await till.demandAllIsWell();
});

test("calls that come all at once, some of them twice, do not stand in each other's way", async () => {
  const till = await BesiegedTill.open();
  const attack = fc
    .constantFrom(...NAMES)
    .chain((name) =>
      hostileInputs(CALLS[name].input, till.known).map((input) => ({ name, input })),
    );
  await hunt(fc.array(attack, { minLength: 2, maxLength: 12 }), 25, async (attacks) => {
    await Promise.all(
      [...attacks, ...attacks.slice(0, 3)].map(({ name, input }) => till.attack(name, input)),
    );
  });
  await till.demandAllIsWell();
});

test("input that is no plain data is refused: getters, proxies, cycles and streams of keys", async () => {
  const till = await BesiegedTill.open();
  const cycle: Record<string, unknown> = {};
  cycle["basket"] = cycle;
  const trap = new Proxy({}, { get: () => expect.fail("it was asked") });
  const many = Object.fromEntries(Array.from({ length: 100_000 }, (_, n) => [`key${n}`, n]));
  for (const name of NAMES)
    for (const input of [cycle, trap, many, Object.create(null), new Map([["pin", "2468"]])])
      if (input !== trap || name === "status.get") await till.attack(name, input);
  await till.demandAllIsWell();
});

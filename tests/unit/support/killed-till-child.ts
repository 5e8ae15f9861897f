/**
 * Child process: opens the till of a folder, asks it for one thing as soon as its printer is ready, and stays
 * until it is killed. Its order stands on its input as JSON.
 */
import { readFileSync } from "node:fs";
import { systemClock } from "../../../main/clock.ts";
import { createTill } from "../../../main/till.ts";

const order = JSON.parse(readFileSync(0, "utf8")) as {
  dataDir: string;
  settings: [string, unknown][];
  call: string;
  input: unknown;
};
const settings = new Map(order.settings);
const till = await createTill({
  dataDir: order.dataDir,
  clock: systemClock,
  space: { ballastBytes: 0 },
  settings: {
    get: (key) => structuredClone(settings.get(key)),
    set: (key, value) => void settings.set(key, structuredClone(value)),
  },
  report: (where, error) => {
    console.error(where, error);
    return "incident";
  },
});
const ready = Promise.withResolvers<void>();
till.listen("status", ({ printer }) => {
  if (printer.state === "ready") ready.resolve();
});
await ready.promise;
console.log(JSON.stringify(await till.dispatch(order.call, order.input)));

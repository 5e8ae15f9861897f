import { CONTENDERS } from "./contenders.ts";

/** Run by the suite in a process of its own: how long the very first receipt takes. Prints one line of JSON. */
const contender = CONTENDERS.find(({ name }) => name === process.argv[2]);
if (contender === undefined) throw new Error(`no contender ${process.argv[2]}`);
const started = performance.now();
const make = await contender.load();
const loaded = performance.now();
const { length } = await make();
const made = performance.now();
console.log(JSON.stringify({ loadMs: loaded - started, firstMs: made - loaded, length }));

/** Child process: sells as fast as it can into the log of a folder and says each number once it is safe. */
import { writeSync } from "node:fs";
import { SaleLog } from "../../../main/sale-log/sale-log.ts";
import { addSale } from "./log-samples.ts";

const [dir] = process.argv.slice(2);
if (dir === undefined) throw new Error("usage: sell-flat-out DIR");
const log = new SaleLog(dir);
writeSync(1, "open\n");
for (;;) {
  const id = addSale(log);
  // Straight into the pipe: an acknowledgement that could still be lost in a buffer is none.
  writeSync(1, `${id}\n`);
}

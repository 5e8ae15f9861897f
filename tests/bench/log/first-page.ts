import { SaleLog } from "../../../main/sale-log/sale-log.ts";

/** Opens the log of a folder as the till does and reads what the history shows first. */
const [, , dir = ""] = process.argv;
const log = new SaleLog(dir);
if (log.history.latest(null, 50).length !== 50) throw new Error("no fifty sales");
log.close();

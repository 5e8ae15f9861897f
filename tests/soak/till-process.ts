import Conf from "conf";
import { scaledClock } from "../../main/clock.ts";
import { breakTill, type Breakage } from "./breakage.ts";

/**
 * The till in a process of its own, so that it can be killed. Calls come in and answers and status
 * go out as messages; nothing else is shared with the one who drives it.
 */
const [dataDir = "", port = "0", factor = "1", breakage = ""] = process.argv.slice(2);
if (breakage !== "") breakTill(breakage as Breakage);
const { createTill } = await import("../../main/till.ts");

const send = (message: unknown) => process.send?.(message);
const till = await createTill({
  dataDir,
  clock: scaledClock(Number(factor)),
  settings: new Conf({ cwd: dataDir, configName: "settings" }),
  printer: { kind: "tcp", host: "127.0.0.1", port: Number(port) },
  report: (where, error) => {
    send({ incident: `${where}: ${error instanceof Error ? error.stack : String(error)}` });
    return "soak";
  },
});
till.listen("status", (status) => send({ status }));
process.on("message", (message: { id: number; name: string; input: unknown }) => {
  if (message.name === "close") {
    void till.close().then(() => process.exit(0));
    return;
  }
  void till.dispatch(message.name, message.input).then((reply) => send({ id: message.id, reply }));
});
send({ ready: true });

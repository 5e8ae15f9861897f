import Conf from "conf";
import { breakTill, type Breakage } from "./breakage.ts";
import type { TillStart } from "./messages.ts";

/*
 * The till in a process of its own, so that it can be killed. Calls come in and answers and status go out as
 * messages, and so does what it says to printers that are not on the network; nothing else is shared.
 */
const start = JSON.parse(process.argv[2] ?? "{}") as TillStart;
if (start.breakage !== "") breakTill(start.breakage as Breakage);
// Not before: what is to be broken is broken as it is loaded.
const { createTill } = await import("../../main/till.ts");
const { scaledClock } = await import("../../main/clock.ts");
const { JumpClock } = await import("./till/jump-clock.ts");
const { ParentLine } = await import("./till/parent-line.ts");
const { SoakPrinters } = await import("./till/soak-printers.ts");

const line = new ParentLine();
const clock = new JumpClock(start.clockFactor);
const report = (where: string, error: unknown) => {
  const text = error instanceof Error ? error.stack : String(error);
  line.send({ type: "incident", text: `${where}: ${text}` });
  return "soak";
};
const steady = scaledClock(start.clockFactor);
const nativePrinters = new SoakPrinters(line, start.behaviours, steady, report);
const till = await createTill({
  dataDir: start.dataDir,
  clock,
  settings: new Conf({ cwd: start.dataDir, configName: "settings" }),
  nativePrinters,
  report,
});
till.listen("status", (status) => line.send({ type: "status", status }));
line.on((message) => {
  if (message.type === "jump") clock.jump(message.ms);
  if (message.type === "end") void till.close().then(() => process.exit(0));
  if (message.type !== "call") return;
  const { id, name, input } = message;
  void till.dispatch(name, input).then((reply) => line.send({ type: "reply", id, reply }));
});
// Killed with this one: what it had open is closed.
process.on("disconnect", () => process.exit(0));
line.send({ type: "ready" });

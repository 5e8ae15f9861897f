import type { TillCalls } from "../contract/calls.ts";
import { Refusal } from "../contract/refusals.ts";
import type { TillRoom } from "./room.ts";
import { supportText } from "./support-text.ts";

/** What the program itself has to say, and ending a till that only its manager may end. */
export function shellCalls(
  { shell, pin, report, settings, clock }: TillRoom,
  { dataDir, version = "" }: { dataDir: string; version?: string },
  status: () => ReturnType<TillCalls["status.get"]>,
): Pick<
  TillCalls,
  "notice.read" | "page.failed" | "shell.leave" | "device.get" | "device.support"
> {
  return {
    "device.get": () => shell.device(),
    "device.support": () => ({
      fileName: `slipsure-support-${new Date(clock.nowMs()).toISOString().slice(0, 10)}.txt`,
      text: supportText({ dataDir, version, device: shell.device(), settings: settings.get() }),
    }),
    "notice.read": async ({ id }) => {
      shell.read(id);
      return { status: await status() };
    },
    "page.failed": ({ message, stack }) => {
      const error = new Error(message);
      error.stack = stack;
      return { incident: report("page", error) };
    },
    "shell.leave": async ({ pin: given }) => {
      await pin.demand(given);
      if (!shell.leave()) throw new Refusal("NO_SUCH_CALL");
      return {};
    },
  };
}

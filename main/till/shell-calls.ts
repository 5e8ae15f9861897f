import type { TillCalls } from "../contract/calls.ts";
import { Refusal } from "../contract/refusals.ts";
import type { TillRoom } from "./room.ts";

/** What the program itself has to say, and ending a till that only its manager may end. */
export function shellCalls(
  { shell, pin, report }: TillRoom,
  status: () => ReturnType<TillCalls["status.get"]>,
): Pick<TillCalls, "notice.read" | "page.failed" | "shell.leave"> {
  return {
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

import type { CallOutput } from "../../../main/contract/calls.ts";
import { overReload } from "../../bridge/over-reload.ts";

/** What was put back, told by the page that follows. */
export const recoveredNote = overReload<CallOutput<"damage.recover">>("slipsure.recovered");

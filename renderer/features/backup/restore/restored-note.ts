import type { CallOutput } from "../../../../main/contract/calls.ts";
import { overReload } from "../../../bridge/over-reload.ts";

/** What was restored, told by the page that follows. */
export const restoredNote = overReload<CallOutput<"backup.restore">>("slipsure.restored");

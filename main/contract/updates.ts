import { z } from "zod";
import { MOST } from "./limits.ts";
import { pinSchema } from "./settings.ts";
import { stampFields } from "./stamp.ts";

/** What an update that is ready waits for, in the order the page tells it. */
export const UPDATE_WAITS = [
  /** The owner put it off. */
  "postponed",
  /** It was tried and this version still runs: a person has to press the key. */
  "failedBefore",
  "dayOpen",
  "basket",
  "paper",
  /** The copy of the books before the update is being made, or could not be made. */
  "backup",
] as const;
export type UpdateWait = (typeof UPDATE_WAITS)[number];

/** Why the till could not look for, fetch or start an update. */
export const UPDATE_PROBLEMS = [
  "offline",
  /** The server's answer is not a list of versions. */
  "badAnswer",
  /** What arrived is not what the list promised. */
  "damaged",
  /** Not signed by who made this program. */
  "notSigned",
  "diskFull",
  "backupFailed",
  "unexpected",
] as const;
export type UpdateProblem = (typeof UPDATE_PROBLEMS)[number];

export const updateStateSchema = z.object({
  ...stampFields,
  /** What runs now. */
  version: z.string(),
  /** `here`: this installation looks after itself; `checkout`: it was not installed; `noAddress`: it knows no server. */
  looks: z.enum(["here", "checkout", "noAddress"]),
  /**
   * `none`: nothing newer; `downloading`; `waiting`: fetched and checked, `waitsFor` says what for;
   * `counting`: it begins at `installsAtMs`; `installing`: the till is closing.
   */
  phase: z.enum(["none", "checking", "downloading", "waiting", "counting", "installing"]),
  /** The version that comes next. */
  offered: z
    .object({
      version: z.string().max(40),
      /** Plain text, one line per change. */
      notes: z.string().max(4000),
      releasedAtMs: z.int().nullable(),
    })
    .nullable(),
  /** 0 to 1 while it is fetched. */
  share: z.number().min(0).max(1).nullable(),
  waitsFor: z.enum(UPDATE_WAITS).nullable(),
  postponedUntilMs: z.int().nullable(),
  installsAtMs: z.int().nullable(),
  /** When the server last answered. */
  checkedAtMs: z.int().nullable(),
  problem: z.enum(UPDATE_PROBLEMS).nullable(),
  /** Installer of an earlier version, kept for the way back; newest first. */
  earlier: z.array(z.object({ version: z.string(), path: z.string() })).max(MOST.installers),
});
export type UpdateState = z.infer<typeof updateStateSchema>;

const nothing = z.object({});
const state = z.object({ state: updateStateSchema });

/** New versions: found, fetched and put in place between two days. */
export const UPDATE_CALLS = {
  "updates.state": { input: nothing, output: updateStateSchema },
  /** Asks the server now; the answer comes when it has answered. */
  "updates.check": { input: nothing, output: state },
  /**
   * `dayEnd`: not at this day end (whoever is at the till may say so); `week`: not for seven days; null: no
   * longer put off. The last two need the manager. WRONG_PIN, PIN_LOCKED, NO_UPDATE.
   */
  "updates.postpone": {
    input: z.object({ until: z.enum(["dayEnd", "week"]).nullable(), pin: pinSchema.nullable() }),
    output: state,
  },
  /** Without counting down, where nothing stands in the way. WRONG_PIN, PIN_LOCKED, NO_UPDATE, UPDATE_NOT_NOW {why}. */
  "updates.install": { input: z.object({ pin: pinSchema }), output: state },
} as const satisfies Record<string, { input: z.ZodType; output: z.ZodType }>;

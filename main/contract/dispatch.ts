import { CALLS, type CallName, type TillCalls } from "./calls.ts";
import { Refusal, type RefusalBody } from "./refusals.ts";
import { isWellFormed } from "./well-formed.ts";

export type Reply = { ok: true; value: unknown } | { ok: false; refusal: RefusalBody };

/** Called for every error nobody expected; returns the incident id that the user is shown. */
export type ReportIncident = (where: string, error: unknown) => string;

/** A path may hold keys of the caller's choice: nobody gets megabytes of them back. */
const SHOWN_PATH_CHARS = 200;

/**
 * The one door both shells push calls through: validates input and output with the contract's
 * schemas and turns expected refusals into typed codes. Never rejects and never leaks error text.
 */
export function createDispatch(till: TillCalls, report: ReportIncident) {
  return async (name: string, input: unknown): Promise<Reply> => {
    // Own keys only: `__proto__` and friends are not calls.
    if (!Object.hasOwn(CALLS, name)) return refuse({ code: "NO_SUCH_CALL", details: {} });
    const callName = name as CallName;
    const parsed = CALLS[callName].input.safeParse(input);
    if (!parsed.success) {
      const issue = parsed.error.issues[0];
      const path = issue?.path.map(String).join(".").slice(0, SHOWN_PATH_CHARS) ?? "";
      return refuse({ code: "BAD_INPUT", details: { path, problem: issue?.code ?? "invalid" } });
    }
    if (!isWellFormed(parsed.data))
      return refuse({ code: "BAD_INPUT", details: { path: "", problem: "brokenText" } });
    try {
      const run = till[callName] as (value: unknown) => unknown;
      const value = CALLS[callName].output.parse(await run(withOwnId(callName, parsed.data)));
      return { ok: true, value };
    } catch (error) {
      if (error instanceof Refusal) return refuse({ code: error.code, details: error.details });
      return refuse({ code: "INTERNAL", details: { incident: report(callName, error) } });
    }
  };
}

/**
 * A request id is good for one kind of call: the answer kept for a drawer must never come back as that of a
 * sale, whoever used the same id for both.
 */
function withOwnId(name: CallName, input: object): object {
  if (!("requestId" in input) || typeof input.requestId !== "string") return input;
  return { ...input, requestId: `${name}:${input.requestId}` };
}

function refuse(refusal: RefusalBody): Reply {
  return { ok: false, refusal };
}

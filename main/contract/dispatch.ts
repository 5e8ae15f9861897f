import { CALLS, type CallName, type TillCalls } from "./calls.ts";
import { Refusal, type RefusalBody } from "./refusals.ts";
import { isWellFormed } from "./well-formed.ts";

export type Reply = { ok: true; value: unknown } | { ok: false; refusal: RefusalBody };

/** Called for every error nobody expected; returns the incident id that the user is shown. */
export type ReportIncident = (where: string, error: unknown) => string;

/** A path may hold keys of the caller's choice: nobody gets megabytes of them back. */
const SHOWN_PATH_CHARS = 200;

/** Answers kept for a repeat: one that got lost on its way is asked for again within seconds. */
const KEPT_ANSWERS = 64;

/**
 * The one door both shells push calls through: validates input and output with the contract's
 * schemas and turns expected refusals into typed codes. Never rejects and never leaks error text.
 *
 * A call with a `requestId` is carried out once: the same id again, while it is under way or just after, gets
 * the very same answer, whatever the call is. Only refusals are worked out anew, as nothing was done. What has to
 * be known after a restart, too, is kept by the calls themselves (`SaleLog.once`, `effectOnce`).
 */
export function createDispatch(till: TillCalls, report: ReportIncident) {
  const answers = new Map<string, Promise<Reply>>();

  const run = async (name: CallName, input: object): Promise<Reply> => {
    try {
      const value = await (till[name] as (value: unknown) => unknown)(input);
      const checked = CALLS[name].output.safeParse(value);
      if (checked.success) return { ok: true, value: checked.data };
      const incident = report(name, checked.error);
      // What was asked for has been done: a flaw in the answer must not make anybody do it again.
      if (requestIdOf(input) !== null) return { ok: true, value };
      return refuse({ code: "INTERNAL", details: { incident } });
    } catch (error) {
      if (error instanceof Refusal) return refuse({ code: error.code, details: error.details });
      return refuse({ code: "INTERNAL", details: { incident: report(name, error) } });
    }
  };

  const runOnce = (name: CallName, input: object): Promise<Reply> => {
    const requestId = requestIdOf(input);
    if (requestId === null) return run(name, input);
    const known = answers.get(requestId);
    if (known) return known;
    const answer = run(name, input).then((reply) => {
      if (!reply.ok) answers.delete(requestId);
      return reply;
    });
    answers.set(requestId, answer);
    const [oldest] = answers.keys();
    if (answers.size > KEPT_ANSWERS && oldest !== undefined) answers.delete(oldest);
    return answer;
  };

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
    return runOnce(callName, withOwnId(callName, parsed.data));
  };
}

/**
 * A request id is good for one kind of call: the answer kept for a drawer must never come back as that of a
 * sale, whoever used the same id for both.
 */
function withOwnId(name: CallName, input: object): object {
  const requestId = requestIdOf(input);
  return requestId === null ? input : { ...input, requestId: ownId(name, requestId) };
}

/** Under which the till keeps the answer to a request. */
export function ownId(name: CallName, requestId: string): string {
  return `${name}:${requestId}`;
}

function requestIdOf(input: object): string | null {
  return "requestId" in input && typeof input.requestId === "string" ? input.requestId : null;
}

function refuse(refusal: RefusalBody): Reply {
  return { ok: false, refusal };
}

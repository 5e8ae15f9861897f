import type { CallInput, CallName, CallOutput } from "../../main/contract/calls.ts";
import type { RefusalBody, RefusalCode } from "../../main/contract/refusals.ts";
import { bridge } from "./bridge.ts";

/** A refusal as an exception, for code that wants the value or nothing. */
export class CallRefused extends Error {
  readonly refusal: RefusalBody;

  constructor(refusal: RefusalBody) {
    super(refusal.code);
    this.name = "CallRefused";
    this.refusal = refusal;
  }

  get code(): RefusalCode {
    return this.refusal.code;
  }

  /** No answer came: what was asked may or may not have happened. Ask again with the same id. */
  get isOffline(): boolean {
    return this.refusal.details["offline"] === true;
  }
}

/** Asks the till. @throws CallRefused with the typed refusal. */
export async function call<N extends CallName>(
  name: N,
  input: CallInput<N>,
): Promise<CallOutput<N>> {
  const reply = await bridge().call(name, input);
  if (reply.ok) return reply.value;
  throw new CallRefused(reply.refusal);
}

const RETRY_DELAYS_MS = [250, 500, 1_000, 2_000, 4_000];

/**
 * As `call`, but an answer that got lost on the way is asked for again, with the very same input. Only for
 * calls whose input carries a `requestId`: the till then gives the same answer and does nothing twice.
 * @throws CallRefused
 */
export async function callSafely<N extends CallName>(
  name: N,
  input: CallInput<N> & { requestId: string },
): Promise<CallOutput<N>> {
  return callPatiently(name, input);
}

/** As `callSafely`, for calls that only read. @throws CallRefused */
export async function callPatiently<N extends CallName>(
  name: N,
  input: CallInput<N>,
): Promise<CallOutput<N>> {
  for (const delayMs of RETRY_DELAYS_MS) {
    try {
      return await call(name, input);
    } catch (error) {
      if (!(error instanceof CallRefused) || !error.isOffline) throw error;
    }
    await new Promise((resolve) => setTimeout(resolve, delayMs));
  }
  return call(name, input);
}

export function newRequestId(): string {
  return crypto.randomUUID();
}

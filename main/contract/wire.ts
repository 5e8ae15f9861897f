import type { CallInput, CallName, CallOutput, FeedName, FeedValue } from "./calls.ts";
import type { CustomerView } from "./customer.ts";
import type { RefusalBody } from "./refusals.ts";

/** What crosses the border for one call. */
export type CallReply<N extends CallName> =
  | { ok: true; value: CallOutput<N> }
  | { ok: false; refusal: RefusalBody };

/** What a shell hands the page as `window.slipsure`: the contract, and nothing else. */
export interface TillBridge {
  /** Never rejects: a lost connection comes back as an INTERNAL refusal with `offline: true`. */
  call<N extends CallName>(name: N, input: CallInput<N>): Promise<CallReply<N>>;
  /** Calls `listener` with every value until the returned function is called. */
  listen<N extends FeedName>(name: N, listener: (value: FeedValue<N>) => void): () => void;
  shell: "electron" | "browser";
  /** BCP 47 tag of the system's language, for the first start. */
  systemLocale: string;
}

/** What Electron hands the customers' screen as `window.slipsureCustomer`: one feed, and nothing to call. */
export interface CustomerBridge {
  listen(listener: (view: CustomerView) => void): () => void;
}

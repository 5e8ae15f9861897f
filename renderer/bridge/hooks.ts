import {
  useMutation,
  useQuery,
  type UseMutationResult,
  type UseQueryResult,
} from "@tanstack/react-query";
import { useEffect, useEffectEvent, useSyncExternalStore } from "react";
import type {
  CallInput,
  CallName,
  CallOutput,
  FeedName,
  FeedValue,
} from "../../main/contract/calls.ts";
import { bridge } from "./bridge.ts";
import { call, callSafely, CallRefused } from "./call.ts";
import { connection, onConnection, type Connection } from "./connection.ts";
import { newer, type Stamped } from "./newer.ts";

/**
 * Reads from the till and keeps the answer under `[name, input]`. Answers of `history.*` and `day.*` are
 * asked for anew whenever the status feed shows that something was sold or settled.
 * `isStamped`: a feed brings it, too, and whichever was made later stays, in whatever order they arrive.
 */
export function useCall<N extends CallName>(
  name: N,
  input: CallInput<N>,
  options: { enabled?: boolean; keepPrevious?: boolean; isStamped?: boolean } = {},
): UseQueryResult<CallOutput<N>, CallRefused> {
  return useQuery<CallOutput<N>, CallRefused>({
    queryKey: [name, input],
    queryFn: () => call(name, input),
    enabled: options.enabled ?? true,
    ...(options.isStamped === true
      ? {
          structuralSharing: (now: unknown, next: unknown) =>
            newer(now as Stamped | undefined, next as Stamped),
        }
      : {}),
    ...(options.keepPrevious === true
      ? { placeholderData: (before: CallOutput<N> | undefined) => before as never }
      : {}),
  });
}

/** Asks the till to do something. A lost answer is asked for again when the input has a `requestId`. */
export function useAct<N extends CallName>(
  name: N,
): UseMutationResult<CallOutput<N>, CallRefused, CallInput<N>> {
  return useMutation<CallOutput<N>, CallRefused, CallInput<N>>({
    mutationFn: (input) => (hasRequestId(input) ? callSafely(name, input) : call(name, input)),
  });
}

function hasRequestId<T>(input: T): input is T & { requestId: string } {
  return typeof input === "object" && input !== null && "requestId" in input;
}

/** Calls `listener` with every value of a feed while the component is mounted. */
export function useFeed<N extends FeedName>(name: N, listener: (value: FeedValue<N>) => void) {
  const latest = useEffectEvent(listener);
  useEffect(() => bridge().listen(name, (value) => latest(value)), [name]);
}

export function useConnection(): Connection {
  return useSyncExternalStore(onConnection, connection);
}

/** What the till told last may not be true any more: it can't be heard now. */
export function useIsLost(): boolean {
  const now = useConnection();
  return now === "lost" || now === "shutOut";
}

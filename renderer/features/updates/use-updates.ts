import { useQueryClient } from "@tanstack/react-query";
import type { UpdateState } from "../../../main/contract/updates.ts";
import { useCall, useFeed } from "../../bridge/index.ts";

const KEY = ["updates.state", {}] as const;

/** What is known of new versions; follows the till. null until it is known. */
export function useUpdates() {
  const queries = useQueryClient();
  useFeed("updates", (state) => queries.setQueryData<UpdateState>(KEY, state));
  const { data, error, refetch } = useCall("updates.state", {}, { isStamped: true });
  return { state: data ?? null, error, retry: () => void refetch() };
}

/** Puts a state that came with an answer where everybody looks. */
export function useSetUpdates(): (state: UpdateState) => void {
  const queries = useQueryClient();
  return (state) => queries.setQueryData<UpdateState>(KEY, state);
}

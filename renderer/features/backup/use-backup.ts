import { useQueryClient } from "@tanstack/react-query";
import type { BackupState } from "../../../main/contract/backup.ts";
import { useCall, useFeed } from "../../bridge/index.ts";

const KEY = ["backup.state", {}] as const;

/** How the copies of the books are; follows the till. null until it is known. */
export function useBackup() {
  const queries = useQueryClient();
  useFeed("backup", (health) => {
    const known = queries.getQueryData<BackupState>(KEY);
    queries.setQueryData<BackupState>(KEY, (before) => before && { ...before, ...health });
    // Something else than the work under way has changed.
    if (known?.run !== health.run || known.listRevision !== health.listRevision)
      void queries.invalidateQueries({ queryKey: KEY });
  });
  const { data, error, refetch } = useCall("backup.state", {}, { isStamped: true });
  return { state: data ?? null, error, retry: () => void refetch() };
}

/** Puts a state that came with an answer where everybody looks. */
export function useSetBackup(): (state: BackupState) => void {
  const queries = useQueryClient();
  return (state) => queries.setQueryData<BackupState>(KEY, state);
}

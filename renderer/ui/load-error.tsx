import type { CallRefused } from "../bridge/call.ts";
import { Button } from "./button.tsx";
import { EmptyState } from "./empty-state.tsx";
import styles from "./load-error.module.css";
import { RefusalNote } from "./refusal-note.tsx";

/** Something could not be read: what the till said, and the way to try again. */
export function LoadError({
  title,
  error,
  retry,
  onRetry,
}: {
  title: string;
  error: CallRefused;
  retry: string;
  onRetry: () => void;
}) {
  return (
    <EmptyState icon="alert" title={title}>
      <div className={styles["body"]}>
        <RefusalNote error={error} />
        <Button icon="refresh" onPress={onRetry}>
          {retry}
        </Button>
      </div>
    </EmptyState>
  );
}

import type { RefusalBody } from "../../main/contract/refusals.ts";
import { CallRefused } from "../bridge/call.ts";
import { cx } from "./cx.ts";
import { Icon } from "./icon.tsx";
import styles from "./refusal-note.module.css";
import { useRefusalText } from "./refusal-text.ts";

/** A "no" of the till in a cashier's words: what happened, what to do now, that the sale is safe. */
export function RefusalNote({
  error,
  className,
}: {
  error: RefusalBody | CallRefused;
  className?: string | undefined;
}) {
  const refusal = error instanceof CallRefused ? error.refusal : error;
  const text = useRefusalText()(refusal);
  return (
    <div className={cx(styles["note"], className)} role="alert">
      <Icon name="alert" size={22} />
      <div>
        <p className={styles["what"]}>{text.what}</p>
        <p>{text.now}</p>
        <p className={styles["safe"]}>{text.safe}</p>
      </div>
    </div>
  );
}

import { useState } from "react";
import { useStatus } from "../../bridge/index.ts";
import { OverSheet } from "../reminder/over-sheet.tsx";
import { useReminder } from "../reminder/reminder-context.ts";
import { useAlarm } from "../reminder/use-alarm.ts";
import { BacklogAnswers } from "./backlog-answers.tsx";
import { BacklogFacts } from "./backlog-facts.tsx";
import { backlogGroups } from "./backlog-groups.ts";
import { BacklogPrinting } from "./backlog-printing.tsx";
import styles from "./backlog-sheet.module.css";
import { SettleForm } from "./settle-form.tsx";
import { useBacklog } from "./use-backlog.ts";

/**
 * After an outage: everything that was kept back, one question, four answers. None of them is given by
 * Enter or by a scan.
 */
export function BacklogSheet() {
  const status = useStatus();
  const { canClose, close, isBacklogPrinting } = useReminder();
  const backlog = useBacklog();
  const [isSettling, setSettling] = useState(false);
  const groups = backlogGroups(status);
  useAlarm(status.reminder !== null && groups !== null);
  return (
    <OverSheet
      at={status.printer}
      state="backlog"
      isStuck={groups !== null}
      onClose={canClose ? close : null}
    >
      {groups === null || isBacklogPrinting ? (
        <BacklogPrinting />
      ) : (
        <>
          <BacklogFacts groups={groups} />
          <div className={styles["body"]}>
            {isSettling ? (
              <SettleForm
                groups={groups}
                backlog={backlog}
                onBack={() => {
                  backlog.forget();
                  setSettling(false);
                }}
              />
            ) : (
              <BacklogAnswers
                groups={groups}
                backlog={backlog}
                onSettle={() => setSettling(true)}
              />
            )}
          </div>
        </>
      )}
    </OverSheet>
  );
}

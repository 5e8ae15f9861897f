import { Button } from "react-aria-components/Button";
import { useTranslation } from "react-i18next";
import { cx, Icon, KeyHint, RefusalNote, Spinner } from "../../ui/index.ts";
import { useKeys } from "../reminder/use-keys.ts";
import type { BacklogGroups } from "./backlog-groups.ts";
import styles from "./backlog-answers.module.css";
import { SlipStack } from "./slip-stack.tsx";
import { useAnswers, type Answer } from "./use-answers.ts";
import type { Backlog } from "./use-backlog.ts";

const KEYS = ["F8", "F9", "F10"];

/** The question and its answers, one key each. What each does with every slip is drawn beside it. */
export function BacklogAnswers({
  groups,
  backlog,
  onSettle,
}: {
  groups: BacklogGroups;
  backlog: Backlog;
  onSettle: () => void;
}) {
  const { t } = useTranslation("backlog");
  const answers = useAnswers(groups, backlog, onSettle);
  const { busy } = backlog;

  useKeys((code) => {
    if (busy === null) answers.find(({ hint }) => hint === code)?.give();
  }, KEYS);

  return (
    <>
      <p id="reminder-fix" className={styles["question"]}>
        {t("question")}
      </p>
      {backlog.error && <RefusalNote error={backlog.error} />}
      <div
        className={styles["answers"]}
        role="group"
        aria-labelledby="reminder-fix"
        data-count={answers.length}
      >
        {answers.map((answer) => (
          <AnswerKey key={answer.id} answer={answer} busy={busy} />
        ))}
      </div>
    </>
  );
}

function AnswerKey({ answer, busy }: { answer: Answer; busy: Backlog["busy"] }) {
  const { id, icon, hint, title, more, fates, give } = answer;
  return (
    <Button
      className={cx(styles["answer"], hint === null && styles["quiet"])}
      isDisabled={busy !== null}
      onPress={give}
      {...(hint === null ? {} : { "aria-keyshortcuts": hint })}
    >
      <span className={styles["icon"]}>
        {busy === id ? <Spinner size={26} /> : <Icon name={icon} size={26} />}
      </span>
      <span className={styles["words"]}>
        <span className={styles["title"]}>{title}</span>
        <span className={styles["more"]}>{more}</span>
      </span>
      <SlipStack fates={fates} />
      <span className={styles["hint"]}>{hint !== null && <KeyHint>{hint}</KeyHint>}</span>
    </Button>
  );
}

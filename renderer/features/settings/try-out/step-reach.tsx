import { useTranslation } from "react-i18next";
import { Button, Spinner } from "../../../ui/index.ts";
import { AnswerPicture } from "./pictures.tsx";
import { ReachResult } from "./reach-result.tsx";
import { StepFrame } from "./step-frame.tsx";
import type { StepProps } from "./step.ts";
import styles from "./try-out.module.css";
import { useReach } from "./use-reach.ts";

/** Can it be reached, does it answer, and does the answer come from behind the paper? */
export function StepReach(props: StepProps) {
  const { slot, printer, tryOut } = props;
  const { t } = useTranslation("settings");
  const reach = useReach(slot, printer);
  const { reach: found } = tryOut.findings;
  const answer = reach.answer ?? (found && { ...found, replyMs: found.fenceMs });
  return (
    <StepFrame
      of={props}
      title={t("tryOut.reach.title")}
      lead={t("tryOut.reach.lead")}
      isBusy={reach.isBusy}
      error={reach.error}
      keys={
        <Button
          icon={answer ? "refresh" : "printer"}
          isBusy={reach.isBusy}
          // oxlint-disable-next-line jsx-a11y/no-autofocus -- the one thing to do in this step
          autoFocus
          onPress={reach.run}
        >
          {answer
            ? t("tryOut.again", { what: t("printer.test.action") })
            : t("printer.test.action")}
        </Button>
      }
    >
      <AnswerPicture />
      <div role="status" className={styles["heard"]}>
        {reach.isBusy && (
          <p className={styles["running"]}>
            <Spinner size={18} /> {t("printer.test.running")}
          </p>
        )}
        {answer && !reach.isBusy && <ReachResult answer={answer} isQueue={reach.isQueue} />}
      </div>
    </StepFrame>
  );
}

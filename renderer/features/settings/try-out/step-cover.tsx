import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { CallInput } from "../../../../main/contract/calls.ts";
import { newRequestId, useAct, useSetStatus } from "../../../bridge/index.ts";
import { Button, cx, Icon, Spinner } from "../../../ui/index.ts";
import { CoverPicture } from "./pictures.tsx";
import { StepFrame } from "./step-frame.tsx";
import type { StepProps } from "./step.ts";
import styles from "./try-out.module.css";

/** With the cover open nothing can print, so a printer that still says "done" proves nothing. */
export function StepCover(props: StepProps) {
  const { slot, printer, tryOut } = props;
  const { t } = useTranslation("settings");
  const setStatus = useSetStatus();
  const test = useAct("printer.coverTest");
  const { cover } = tryOut.findings;
  const run = () => {
    test.mutateAsync({ requestId: newRequestId(), slot }).then(
      ({ qualified, status }) => {
        tryOut.note({ cover: qualified ? "passed" : "failed" });
        setStatus(status);
      },
      // Shown from `test.error`.
      () => undefined,
    );
  };
  return (
    <StepFrame
      of={props}
      title={t("printer.cover.title")}
      lead={
        <>
          <p>{t("printer.cover.lead")}</p>
          <ol className={styles["todo"]}>
            {(["step1", "step2", "step3"] as const).map((step) => (
              <li key={step}>{t(`printer.cover.${step}`)}</li>
            ))}
          </ol>
        </>
      }
      isBusy={test.isPending}
      error={test.error}
      keys={
        <>
          <Button
            icon="coverOpen"
            isBusy={test.isPending}
            // oxlint-disable-next-line jsx-a11y/no-autofocus -- the one thing to do in this step
            autoFocus
            onPress={run}
          >
            {t("printer.cover.action")}
          </Button>
          <Button
            variant="quiet"
            isDisabled={test.isPending}
            onPress={() => tryOut.note({ cover: "skipped" })}
          >
            {t("printer.cover.skip")}
          </Button>
        </>
      }
      note={slot === "receipt" && printer.kind === "practice" && <PracticeCover />}
    >
      <CoverPicture />
      <div role="status" className={styles["heard"]}>
        {test.isPending && (
          <p className={styles["running"]}>
            <Spinner size={18} /> {t("printer.cover.running")}
          </p>
        )}
        {cover !== null && !test.isPending && (
          <div className={cx(styles["result"], styles[cover === "passed" ? "good" : "half"])}>
            <Icon name={cover === "passed" ? "checkCircle" : "user"} size={22} />
            <p className={styles["resultWord"]}>{t(`printer.cover.${cover}`)}</p>
          </div>
        )}
      </div>
    </StepFrame>
  );
}

/** The practice printer's cover is on the screen. */
function PracticeCover() {
  const { t } = useTranslation("settings");
  const act = useAct("practice.act");
  const [isOpen, setOpen] = useState(false);
  const move = (next: Extract<CallInput<"practice.act">["act"], "openCover" | "closeCover">) =>
    act.mutate({ act: next }, { onSuccess: () => setOpen(next === "openCover") });
  return (
    <Button
      size="small"
      icon="coverOpen"
      isBusy={act.isPending}
      onPress={() => move(isOpen ? "closeCover" : "openCover")}
    >
      {t(isOpen ? "tryOut.practice.closeCover" : "tryOut.practice.openCover")}
    </Button>
  );
}

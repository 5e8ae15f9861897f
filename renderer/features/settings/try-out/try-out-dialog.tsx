import { useId, useState } from "react";
import { useTranslation } from "react-i18next";
import type { PrinterConfig, PrinterSlot } from "../../../../main/contract/printers.ts";
import { Button, cx, Dialog, Icon } from "../../../ui/index.ts";
import rooms from "../settings.module.css";
import { isQueue } from "../printer/printer-form.ts";
import { usePrinterWords } from "../printer/use-printer-words.ts";
import { KeepKey } from "./keep-key.tsx";
import { StepChinese } from "./step-chinese.tsx";
import { StepCover } from "./step-cover.tsx";
import { StepCutter } from "./step-cutter.tsx";
import { StepDrawer } from "./step-drawer.tsx";
import { StepReach } from "./step-reach.tsx";
import { StepSummary } from "./step-summary.tsx";
import { StepWidth } from "./step-width.tsx";
import type { StepProps } from "./step.ts";
import { isAnswered, stepsOf, type TryOutStep } from "./try-out.ts";
import { useTryOut } from "./try-out-store.ts";
import { TryOutSteps } from "./try-out-steps.tsx";
import styles from "./try-out.module.css";

const STEP: Record<TryOutStep, (props: StepProps) => React.ReactNode> = {
  reach: StepReach,
  cover: StepCover,
  width: StepWidth,
  chinese: StepChinese,
  cutter: StepCutter,
  drawer: StepDrawer,
  summary: StepSummary,
};

interface TryOutDialogProps {
  slot: PrinterSlot;
  printer: PrinterConfig;
  onClose: () => void;
}

/**
 * Tries one printer out, a question at a time: the till prints, the person looks. It can be left at any step;
 * what was found out stays until it is kept.
 */
export function TryOutDialog({ slot, printer, onClose }: TryOutDialogProps) {
  const { t } = useTranslation("settings");
  const words = usePrinterWords();
  const tryOut = useTryOut(slot, printer);
  const [fitsWidth, setFitsWidth] = useState(true);
  const formId = useId();
  const { findings } = tryOut;
  const steps = stepsOf(printer, findings);
  // One that is not asked any more, because an answer changed, gives way to the first.
  const step = steps.find((one) => one === tryOut.step) ?? steps[0] ?? "summary";
  const next = steps[steps.indexOf(step) + 1];
  const isDone = isAnswered(step, findings);
  const Step = STEP[step];
  const keep = <KeepKey {...{ slot, printer, tryOut, fitsWidth }} onKept={onClose} />;
  return (
    <Dialog
      title={t("tryOut.title", { name: words.name(printer) })}
      size="wide"
      isOpen
      onClose={onClose}
      footer={
        <Footer before={steps[steps.indexOf(step) - 1]} onGo={tryOut.go}>
          {next ? <NextKey formId={formId} isDisabled={!isDone} /> : keep}
        </Footer>
      }
    >
      <form
        id={formId}
        className={cx(rooms["tall"], styles["room"])}
        onSubmit={(event) => {
          event.preventDefault();
          if (next && isDone) tryOut.go(next);
        }}
      >
        <TryOutSteps steps={steps} current={step} findings={findings} onGo={tryOut.go} />
        {isQueue(printer) && (
          <p className={styles["queue"]}>
            <Icon name="user" size={20} />
            {t("tryOut.queue")}
          </p>
        )}
        <Step key={step} {...{ slot, printer, tryOut, fitsWidth }} onFitsWidth={setFitsWidth} />
      </form>
    </Dialog>
  );
}

function Footer({
  before,
  onGo,
  children,
}: {
  before: TryOutStep | undefined;
  onGo: (step: TryOutStep) => void;
  children: React.ReactNode;
}) {
  const { t } = useTranslation(["settings", "common"]);
  return (
    <>
      <p className={styles["kept"]}>{t("tryOut.kept")}</p>
      {before && (
        <Button icon="left" onPress={() => onGo(before)}>
          {t("common:back")}
        </Button>
      )}
      {children}
    </>
  );
}

/** Enter on an answer presses it too. */
function NextKey({ formId, isDisabled }: { formId: string; isDisabled: boolean }) {
  const { t } = useTranslation("common");
  return (
    <Button type="submit" form={formId} variant="go" icon="right" isDisabled={isDisabled}>
      {t("next")}
    </Button>
  );
}

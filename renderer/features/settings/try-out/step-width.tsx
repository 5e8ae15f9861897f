import { useTranslation } from "react-i18next";
import { RulerSlip } from "./ruler-slip.tsx";
import { SampleKey } from "./sample-key.tsx";
import { StepFrame } from "./step-frame.tsx";
import type { StepProps } from "./step.ts";
import { useSample } from "./use-sample.ts";

/** How many characters stand on a line: the slip in the hand, and the same slip on the screen. */
export function StepWidth(props: StepProps) {
  const { slot, tryOut } = props;
  const { t } = useTranslation("settings");
  const sample = useSample(slot);
  return (
    <StepFrame
      of={props}
      title={t("tryOut.width.title")}
      lead={t("tryOut.width.lead")}
      isBusy={sample.busy !== null}
      error={sample.error}
      keys={<SampleKey sample={sample} kind="ruler" label={t("tryOut.width.action")} />}
    >
      <RulerSlip value={tryOut.findings.columns} onChange={(columns) => tryOut.note({ columns })} />
    </StepFrame>
  );
}

import { useTranslation } from "react-i18next";
import { CutPicture } from "./pictures.tsx";
import { PictureChoice } from "./picture-choice.tsx";
import { SampleKey } from "./sample-key.tsx";
import { StepFrame } from "./step-frame.tsx";
import type { StepProps } from "./step.ts";
import { useSample } from "./use-sample.ts";

/** Does it cut the paper off by itself? */
export function StepCutter(props: StepProps) {
  const { slot, tryOut } = props;
  const { t } = useTranslation("settings");
  const sample = useSample(slot);
  const { cutter } = tryOut.findings;
  return (
    <StepFrame
      of={props}
      title={t("tryOut.cutter.title")}
      lead={t("tryOut.cutter.lead")}
      isBusy={sample.busy !== null}
      error={sample.error}
      keys={
        <SampleKey sample={sample} kind="cut" icon="cutter" label={t("tryOut.cutter.action")} />
      }
    >
      <PictureChoice
        label={t("tryOut.cutter.label")}
        value={cutter === null ? null : cutter ? "cuts" : "tear"}
        onChange={(answer) => tryOut.note({ cutter: answer === "cuts" })}
        options={(["cuts", "tear"] as const).map((value) => ({
          value,
          label: t(`tryOut.cutter.${value}.label`),
          detail: t(`tryOut.cutter.${value}.detail`),
          picture: <CutPicture isCut={value === "cuts"} />,
        }))}
      />
    </StepFrame>
  );
}

import { useTranslation } from "react-i18next";
import { PictureChoice } from "./picture-choice.tsx";
import { SampleKey } from "./sample-key.tsx";
import { StepFrame } from "./step-frame.tsx";
import type { StepProps } from "./step.ts";
import styles from "./try-out.module.css";
import { useSample } from "./use-sample.ts";

/** A Chinese font in the printer, or nonsense: only an eye can tell. */
export function StepChinese(props: StepProps) {
  const { slot, tryOut } = props;
  const { t } = useTranslation("settings");
  const sample = useSample(slot);
  return (
    <StepFrame
      of={props}
      title={t("tryOut.chinese.title")}
      lead={t("tryOut.chinese.lead")}
      isBusy={sample.busy !== null}
      error={sample.error}
      keys={<SampleKey sample={sample} kind="chinese" label={t("tryOut.chinese.action")} />}
    >
      <PictureChoice
        label={t("tryOut.chinese.label")}
        value={tryOut.findings.chinese}
        onChange={(chinese) => tryOut.note({ chinese })}
        options={(["font", "raster"] as const).map((value) => ({
          value,
          label: t(`tryOut.chinese.${value}.label`),
          detail: t(`tryOut.chinese.${value}.detail`),
          picture: (
            <span className={styles["snippet"]} lang="zh-CN">
              {t(`tryOut.chinese.${value}.sample`)}
            </span>
          ),
        }))}
      />
    </StepFrame>
  );
}

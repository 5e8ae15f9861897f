import { useTranslation } from "react-i18next";
import { DrawerPicture } from "./pictures.tsx";
import { PictureChoice } from "./picture-choice.tsx";
import { SampleKey } from "./sample-key.tsx";
import { StepFrame } from "./step-frame.tsx";
import type { StepProps } from "./step.ts";
import { useSample } from "./use-sample.ts";

/** Which of the two wires in its plug opens the cash drawer. */
export function StepDrawer(props: StepProps) {
  const { slot, tryOut } = props;
  const { t } = useTranslation("settings");
  const sample = useSample(slot);
  return (
    <StepFrame
      of={props}
      title={t("tryOut.drawer.title")}
      lead={t("tryOut.drawer.lead")}
      isBusy={sample.busy !== null}
      error={sample.error}
      keys={
        <>
          <SampleKey
            sample={sample}
            kind="drawerPin2"
            icon="tray"
            label={t("tryOut.drawer.try", { pin: 2 })}
          />
          <SampleKey
            sample={sample}
            kind="drawerPin5"
            icon="tray"
            hasFocus={false}
            label={t("tryOut.drawer.try", { pin: 5 })}
          />
        </>
      }
    >
      <PictureChoice
        label={t("tryOut.drawer.label")}
        value={tryOut.findings.drawer}
        onChange={(drawer) => tryOut.note({ drawer })}
        options={(["pin2", "pin5", "none"] as const).map((value) => ({
          value,
          label: t(`tryOut.drawer.${value}.label`),
          detail: t(`tryOut.drawer.${value}.detail`),
          picture: <DrawerPicture isOpen={value !== "none"} />,
        }))}
      />
    </StepFrame>
  );
}

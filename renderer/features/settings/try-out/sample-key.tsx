import { useTranslation } from "react-i18next";
import { Button, type IconName } from "../../../ui/index.ts";
import type { Sample } from "./use-sample.ts";

/** Makes the printer print one sample; the first time it has the focus of its step. */
export function SampleKey({
  sample,
  kind,
  label,
  icon = "printer",
}: {
  sample: Sample;
  kind: Parameters<Sample["print"]>[0];
  label: string;
  icon?: IconName;
}) {
  const { t } = useTranslation("settings");
  const isPrinted = sample.printed.includes(kind);
  return (
    <Button
      icon={isPrinted ? "refresh" : icon}
      isBusy={sample.busy === kind}
      isDisabled={sample.busy !== null}
      // oxlint-disable-next-line jsx-a11y/no-autofocus -- the one thing to do in a step that was just opened
      autoFocus
      onPress={() => sample.print(kind)}
    >
      {isPrinted ? t("tryOut.again", { what: label }) : label}
    </Button>
  );
}

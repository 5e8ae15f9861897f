import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { CallInput } from "../../../../main/contract/calls.ts";
import { newRequestId, useAct, useSetStatus } from "../../../bridge/index.ts";
import { Button } from "../../../ui/index.ts";
import { isPin, PinField } from "../../../ui/pin-dialog.tsx";
import { DrawerPicture } from "./pictures.tsx";
import { PictureChoice } from "./picture-choice.tsx";
import { StepFrame } from "./step-frame.tsx";
import type { StepProps } from "./step.ts";

type Connector = CallInput<"drawer.tryOut">["connector"];
const CONNECTORS = [
  { connector: "pin2", pin: 2 },
  { connector: "pin5", pin: 5 },
] as const satisfies { connector: Connector; pin: number }[];

/**
 * Which of the two wires in its plug opens the cash drawer. There is money in it: the manager's PIN stays in the
 * field while the step is open, and every try is in the log.
 */
export function StepDrawer(props: StepProps) {
  const { slot, tryOut } = props;
  const { t } = useTranslation("settings");
  const [pin, setPin] = useState("");
  const [tried, setTried] = useState<readonly Connector[]>([]);
  const setStatus = useSetStatus();
  const act = useAct("drawer.tryOut");
  const open = (connector: Connector) => {
    if (!isPin(pin) || act.isPending) return;
    act.mutate(
      { requestId: newRequestId(), slot, connector, pin },
      {
        onSuccess: ({ status }) => {
          setTried((before) => [...before, connector]);
          setStatus(status);
        },
        onError: ({ code }) => {
          if (code === "WRONG_PIN" || code === "PIN_LOCKED") setPin("");
        },
      },
    );
  };
  const untried = CONNECTORS.find(({ connector }) => !tried.includes(connector));
  return (
    <StepFrame
      of={props}
      title={t("tryOut.drawer.title")}
      lead={t("tryOut.drawer.lead")}
      isBusy={act.isPending}
      error={act.error}
      keys={
        <>
          <PinField
            value={pin}
            onChange={setPin}
            // oxlint-disable-next-line jsx-a11y/no-autofocus -- the first thing to do in a step that was just opened
            autoFocus
            onEnter={() => open((untried ?? CONNECTORS[0]).connector)}
          />
          {CONNECTORS.map(({ connector, pin: wire }) => {
            const label = t("tryOut.drawer.try", { pin: wire });
            const isTried = tried.includes(connector);
            return (
              <Button
                key={connector}
                icon={isTried ? "refresh" : "tray"}
                isBusy={act.isPending && act.variables?.connector === connector}
                isDisabled={act.isPending || !isPin(pin)}
                onPress={() => open(connector)}
              >
                {isTried ? t("tryOut.again", { what: label }) : label}
              </Button>
            );
          })}
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

import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { PrinterConfig, PrinterSlot } from "../../../../main/contract/printers.ts";
import {
  newRequestId,
  useAct,
  useSetSettings,
  useSetStatus,
  useSettings,
} from "../../../bridge/index.ts";
import { Button, toast } from "../../../ui/index.ts";
import { PinDialog } from "../../../ui/pin-dialog.tsx";
import { qualificationOf, widthOf } from "./try-out.ts";
import type { TryOut } from "./try-out-store.ts";

/** Keeps what was found out under the manager's PIN, with date and name. */
export function KeepKey({
  slot,
  printer,
  tryOut,
  fitsWidth,
  onKept,
}: {
  slot: PrinterSlot;
  printer: PrinterConfig;
  tryOut: TryOut;
  /** Paper width follows the rulers. */
  fitsWidth: boolean;
  onKept: () => void;
}) {
  const { t } = useTranslation("settings");
  const [asksPin, setAsksPin] = useState(false);
  const { widthMm } = useSettings();
  const setStatus = useSetStatus();
  const setSettings = useSetSettings();
  const qualify = useAct("printer.qualify");
  const change = useAct("settings.change");
  const found = qualificationOf(printer, tryOut.findings);
  const close = () => {
    setAsksPin(false);
    qualify.reset();
    change.reset();
  };
  const keep = async (pin: string) => {
    if (!found) return;
    const { status } = await qualify.mutateAsync({ requestId: newRequestId(), slot, found, pin });
    setStatus(status);
    const paper = widthOf(found.columns);
    // The backup's paper may differ: the width of the settings is the receipt printer's.
    if (slot === "receipt" && fitsWidth && paper !== widthMm)
      setSettings(await change.mutateAsync({ patch: { widthMm: paper }, pin }));
    tryOut.forget();
    toast("go", t("tryOut.done"));
    onKept();
  };
  return (
    <>
      <Button
        variant="go"
        icon="check"
        isDisabled={!found}
        // oxlint-disable-next-line jsx-a11y/no-autofocus -- what is left to do in the last step
        autoFocus
        onPress={() => setAsksPin(true)}
      >
        {t("tryOut.keep")}
      </Button>
      <PinDialog
        isOpen={asksPin}
        lead={t("tryOut.pinLead")}
        confirm={t("tryOut.keep")}
        isBusy={qualify.isPending || change.isPending}
        error={qualify.error ?? change.error}
        // Refusals are shown from the two acts.
        onPin={(pin) => void keep(pin).catch(() => undefined)}
        onClose={close}
      />
    </>
  );
}

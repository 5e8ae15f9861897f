import { useTranslation } from "react-i18next";
import { useAct } from "../../bridge/index.ts";
import { PinDialog } from "../../ui/pin-dialog.tsx";

/** Ends a till that only its manager may end. */
export function LeaveDialog({ isOpen, onClose }: { isOpen: boolean; onClose: () => void }) {
  const { t } = useTranslation("program");
  const act = useAct("shell.leave");
  return (
    <PinDialog
      isOpen={isOpen}
      lead={t("closeLead")}
      confirm={t("closeConfirm")}
      isBusy={act.isPending}
      error={act.error}
      onPin={(pin) => act.mutate({ pin })}
      onClose={() => {
        act.reset();
        onClose();
      }}
    />
  );
}

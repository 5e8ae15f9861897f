import { useTranslation } from "react-i18next";
import { Dialog } from "../../../ui/index.ts";
import { useSell } from "../sell-context.ts";
import { PayForm } from "./pay-form.tsx";

export function PayDialog() {
  const { t } = useTranslation("sell");
  const { dialog, setDialog } = useSell();
  return (
    <Dialog
      title={t("pay.title")}
      isOpen={dialog === "pay"}
      onClose={() => setDialog(null)}
      size="wide"
    >
      <PayForm />
    </Dialog>
  );
}

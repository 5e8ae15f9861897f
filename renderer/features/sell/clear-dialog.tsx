import { useTranslation } from "react-i18next";
import { Button, Dialog } from "../../ui/index.ts";
import { useSell } from "./sell-context.ts";

export function ClearDialog() {
  const { t } = useTranslation("sell");
  const { dialog, setDialog, dispatch, priced } = useSell();
  const close = () => setDialog(null);
  return (
    <Dialog
      title={t("clear.title")}
      isOpen={dialog === "clear"}
      onClose={close}
      size="small"
      footer={
        <>
          <Button onPress={close}>{t("clear.keep")}</Button>
          <Button
            variant="outline"
            icon="trash"
            onPress={() => {
              dispatch({ type: "clear" });
              close();
            }}
          >
            {t("clear.clear")}
          </Button>
        </>
      }
    >
      <p>{t("clear.detail", { count: priced.lines.length })}</p>
    </Dialog>
  );
}

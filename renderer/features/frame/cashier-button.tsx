import { VisuallyHidden } from "react-aria-components/VisuallyHidden";
import { useTranslation } from "react-i18next";
import { useStatus } from "../../bridge/index.ts";
import { Button } from "../../ui/index.ts";
import { labelOf } from "../sell/keys/keymap.ts";
import { useSell } from "../sell/sell-context.ts";
import styles from "./cashier.module.css";

export function CashierButton() {
  const { t } = useTranslation("common");
  const { cashier } = useStatus();
  const { setDialog } = useSell();
  return (
    <Button
      className={styles["button"]}
      variant="quiet"
      icon="user"
      keyHint={labelOf("cashier")}
      onPress={() => setDialog("cashier")}
      preventFocusOnPress
    >
      <VisuallyHidden>{t("cashier.change")} </VisuallyHidden>
      {cashier ?? t("cashier.none")}
    </Button>
  );
}

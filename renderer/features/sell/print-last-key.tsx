import { useTranslation } from "react-i18next";
import { useStatus } from "../../bridge/index.ts";
import { useRoute } from "../../routing.ts";
import { Icon, KeyHint, useFormat } from "../../ui/index.ts";
import { labelOf } from "./keys/keymap.ts";
import styles from "./print-last-key.module.css";
import { useSell } from "./sell-context.ts";

/** Names the last sale before anybody asks for it again, so that its key prints the right one at once. */
export function PrintLastKey() {
  const { t } = useTranslation("sell");
  const { lastSale } = useStatus();
  const { page } = useRoute();
  const { run } = useSell();
  const format = useFormat();
  if (page !== "sell" || lastSale === null) return null;
  return (
    <button type="button" className={styles["key"]} onClick={() => run("printLast")}>
      <Icon name="printer" size={20} />
      <span className={styles["word"]}>{t("printLast.key")}</span>
      <span className={styles["sale"]}>
        {lastSale.saleId}
        <span className={styles["amount"]}> · {format.money(lastSale.totalMinor)}</span>
        <span className={styles["time"]}> · {format.time(lastSale.atMs)}</span>
      </span>
      <KeyHint>{labelOf("printLast")}</KeyHint>
    </button>
  );
}

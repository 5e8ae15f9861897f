import { useTranslation } from "react-i18next";
import { formatQuantity } from "../../../main/domain/money.ts";
import { nameOf } from "../../../main/domain/receipt/layout.ts";
import { useSettings } from "../../bridge/index.ts";
import { Button, Money } from "../../ui/index.ts";
import { labelOf } from "./keys/keymap.ts";
import styles from "./line-bar.module.css";
import { useSell } from "./sell-context.ts";

/** The line the keys act on; its place is there before the first scan, so nothing jumps. */
export function LineBar() {
  const { t } = useTranslation("sell");
  const { state, priced, dispatch, run } = useSell();
  const { receiptLocale } = useSettings();
  const line = state.current === null ? undefined : priced.lines[state.current];
  if (!line)
    return (
      <div className={styles["bar"]}>
        <p className={styles["none"]}>{t("line.none")}</p>
      </div>
    );
  return (
    <div className={styles["bar"]} role="group" aria-label={t("line.label")}>
      <p className={styles["name"]}>
        <span className={styles["text"]}>{nameOf(line, receiptLocale) || t("line.priced")}</span>
        <span className={styles["price"]}>
          <Money minor={line.priceMinor} /> × {formatQuantity(line.quantityMilli)}
          {line.discountMinor > 0 && (
            <>
              {" "}
              <Money minor={-line.discountMinor} />
            </>
          )}
        </span>
      </p>
      <b className={styles["amount"]}>
        <Money minor={line.amountMinor} />
      </b>
      <Button
        icon="minus"
        aria-label={t("line.less")}
        isDisabled={line.quantityMilli <= 1000}
        onPress={() => dispatch({ type: "step", by: -1 })}
        preventFocusOnPress
      />
      <Button
        icon="plus"
        aria-label={t("line.more")}
        onPress={() => dispatch({ type: "step", by: 1 })}
        preventFocusOnPress
      />
      <Button
        icon="trash"
        aria-label={t("line.remove")}
        keyHint={labelOf("remove")}
        onPress={() => run("remove")}
        preventFocusOnPress
      />
    </div>
  );
}

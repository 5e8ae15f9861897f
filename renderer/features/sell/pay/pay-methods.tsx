import { useTranslation } from "react-i18next";
import { TENDER_METHODS, type TenderMethod } from "../../../../main/domain/sale.ts";
import { Button, cx } from "../../../ui/index.ts";
import { labelOf, type Command } from "../keys/keymap.ts";
import styles from "./pay-form.module.css";

const KEYS: Partial<Record<TenderMethod, Command>> = {
  cash: "cash",
  wechat: "wechat",
  alipay: "alipay",
  card: "card",
};

export function PayMethods({
  value,
  onChange,
}: {
  value: TenderMethod;
  onChange: (method: TenderMethod) => void;
}) {
  const { t } = useTranslation(["sell", "common"]);
  return (
    <div className={styles["methods"]} role="group" aria-label={t("pay.method")}>
      {TENDER_METHODS.map((method) => {
        const command = KEYS[method];
        return (
          <Button
            key={method}
            icon={method}
            className={cx(styles["method"], method === value && styles["chosen"])}
            aria-pressed={method === value}
            keyHint={command === undefined ? undefined : labelOf(command)}
            preventFocusOnPress
            onPress={() => onChange(method)}
          >
            {t(`common:tender.${method}`)}
          </Button>
        );
      })}
    </div>
  );
}

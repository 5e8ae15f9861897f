import { useTranslation } from "react-i18next";
import { typedMinor as readTyped } from "../../../main/domain/typed-amount.ts";
import { useSettings } from "../../bridge/index.ts";
import { Button, Keypad, useFormat } from "../../ui/index.ts";
import { labelOf } from "./keys/keymap.ts";
import { useSell } from "./sell-context.ts";
import styles from "./sell-keys.module.css";

/** Keypad, what can be done with the digits typed, and the ways to pay. */
export function SellKeys() {
  const { t } = useTranslation("sell");
  const { entry, setEntry, priced, run, isCompleting } = useSell();
  const settings = useSettings();
  const format = useFormat();
  const typedMinor = /^[\d.,' ]{1,11}$/.test(entry) ? readTyped(entry, settings) : null;
  const isEmpty = priced.lines.length === 0;
  return (
    <div className={styles["keys"]}>
      <Keypad
        onText={(text) => setEntry(entry + text)}
        onBackspace={() => setEntry(entry.slice(0, -1))}
      />
      <div className={styles["change"]}>
        <Button onPress={() => run("quantity")} keyHint={labelOf("quantity")} preventFocusOnPress>
          {t("keys.quantity")}
        </Button>
        <Button onPress={() => run("discount")} keyHint={labelOf("discount")} preventFocusOnPress>
          {t("keys.discount")}
        </Button>
        <Button onPress={() => run("priced")} keyHint={labelOf("priced")} preventFocusOnPress>
          {t("keys.priced")}
        </Button>
        <Button
          icon="backspace"
          aria-label={t("keys.backspace")}
          onPress={() => setEntry(entry.slice(0, -1))}
          preventFocusOnPress
        />
      </div>
      <div className={styles["pay"]}>
        <Button
          className={styles["main"]}
          variant="go"
          size="big"
          keyHint={labelOf("pay")}
          isDisabled={isEmpty}
          onPress={() => run("pay")}
          preventFocusOnPress
        >
          {t("keys.pay")}
        </Button>
        <Button
          className={styles["cash"]}
          icon="cash"
          keyHint={labelOf("cash")}
          isDisabled={isEmpty}
          isBusy={isCompleting}
          onPress={() => run("cash")}
          preventFocusOnPress
        >
          {typedMinor === null || entry === ""
            ? t("keys.cashExact")
            : t("keys.cashOf", { amount: format.money(typedMinor) })}
        </Button>
        <Button
          className={styles["wallet"]}
          icon="wechat"
          keyHint={labelOf("wechat")}
          isDisabled={isEmpty}
          onPress={() => run("wechat")}
          preventFocusOnPress
        >
          {t("keys.wechat")}
        </Button>
        <Button
          className={styles["wallet"]}
          icon="alipay"
          keyHint={labelOf("alipay")}
          isDisabled={isEmpty}
          onPress={() => run("alipay")}
          preventFocusOnPress
        >
          {t("keys.alipay")}
        </Button>
      </div>
    </div>
  );
}

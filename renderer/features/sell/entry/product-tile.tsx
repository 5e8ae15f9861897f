import { Button } from "react-aria-components/Button";
import { useTranslation } from "react-i18next";
import type { Product } from "../../../../main/contract/values.ts";
import { useSettings } from "../../../bridge/index.ts";
import { cx, KeyHint, Money } from "../../../ui/index.ts";
import { useTone } from "../sounds/use-tone.ts";
import styles from "./shelf.module.css";

export function ProductTile({
  product,
  isFirst,
  onAdd,
}: {
  product: Product;
  /** Enter takes this one. */
  isFirst: boolean;
  onAdd: () => void;
}) {
  const { receiptLocale } = useSettings();
  const { t } = useTranslation("sell");
  const tone = useTone();
  const name =
    receiptLocale === "en" ? product.nameEn || product.nameZh : product.nameZh || product.nameEn;
  return (
    <Button
      className={cx(styles["tile"], isFirst && styles["first"])}
      preventFocusOnPress
      onPress={() => {
        tone("scanned");
        onAdd();
      }}
    >
      <span className={styles["name"]}>{name}</span>
      <span className={styles["price"]}>
        {product.hasOpenPrice === true ? t("openPrice") : <Money minor={product.priceMinor} />}
        {product.unit !== "" && <span className={styles["unit"]}>/{product.unit}</span>}
        {isFirst && <KeyHint>Enter</KeyHint>}
      </span>
    </Button>
  );
}

import { useTranslation } from "react-i18next";
import type { Tender } from "../../../../main/domain/sale.ts";
import { Button, Icon, Money } from "../../../ui/index.ts";
import styles from "./pay-form.module.css";

/** Parts already taken of a payment in several ways. */
export function TakenTenders({
  tenders,
  onRemove,
}: {
  tenders: readonly Tender[];
  onRemove: (index: number) => void;
}) {
  const { t } = useTranslation(["sell", "common"]);
  if (tenders.length === 0) return null;
  return (
    <ul className={styles["taken"]} aria-label={t("pay.paid")}>
      {tenders.map((tender, index) => {
        const method = t(`common:tender.${tender.method}`);
        return (
          // oxlint-disable-next-line no-array-index-key -- two parts may be alike
          <li key={index}>
            <Icon name={tender.method} />
            <span className={styles["takenMethod"]}>{method}</span>
            <b>
              <Money minor={tender.amountMinor} />
            </b>
            <Button
              variant="quiet"
              size="small"
              icon="close"
              aria-label={t("pay.removeTender", { method })}
              onPress={() => onRemove(index)}
            />
          </li>
        );
      })}
    </ul>
  );
}

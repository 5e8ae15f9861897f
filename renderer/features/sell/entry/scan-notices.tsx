import { useTranslation } from "react-i18next";
import { mulDivRound } from "../../../../main/domain/money.ts";
import { Button, Icon, useFormat } from "../../../ui/index.ts";
import { labelOf } from "../keys/keymap.ts";
import { useSell } from "../sell-context.ts";
import type { UnknownScan } from "../use-adding.ts";
import styles from "./entry-field.module.css";

/** What was scanned and is not in the basket: nothing of it goes away unseen. */
export function ScanNotices() {
  const { unknown, scans } = useSell();
  const newest = unknown.at(-1);
  if (scans.isUnanswered) return <Unanswered />;
  if (newest !== undefined) return <Unknown scan={newest} others={unknown.length - 1} />;
  return null;
}

/** The till's silence says nothing about the code: it is kept and asked for again. */
function Unanswered() {
  const { t } = useTranslation("sell");
  const { scans } = useSell();
  return (
    <div className={styles["unknown"]} role="alert">
      <Icon name="alert" size={22} />
      <p>
        <b>{t("unanswered.title")}</b> {t("unanswered.now", { count: scans.waiting })}
      </p>
      <Button
        size="small"
        variant="quiet"
        icon="close"
        aria-label={t("unanswered.dismiss")}
        onPress={scans.giveUp}
        preventFocusOnPress
      />
    </div>
  );
}

function Unknown({ scan, others }: { scan: UnknownScan; others: number }) {
  const { t } = useTranslation("sell");
  const { dropUnknown, run } = useSell();
  const format = useFormat();
  const { why, shown: code, offer } = scan;
  return (
    <div className={styles["unknown"]} role="alert">
      <Icon name="tag" size={22} />
      <p>
        <b>{t(`unknown.${why}`, { code })}</b>{" "}
        {t(offer === null ? `unknown.now.${why}` : "unknown.now.offer")}
        {others > 0 && ` ${t("unknown.others", { count: others })}`}
      </p>
      <Button
        size="small"
        keyHint={labelOf("priced")}
        onPress={() => run("priced")}
        preventFocusOnPress
      >
        {offer === null
          ? t("unknown.price")
          : t("unknown.take", {
              name: offer.product.nameZh || offer.product.nameEn,
              amount: format.money(amountOf(offer)),
            })}
      </Button>
      <Button
        size="small"
        variant="quiet"
        icon="close"
        aria-label={t("unknown.dismiss")}
        onPress={dropUnknown}
        preventFocusOnPress
      />
    </div>
  );
}

function amountOf({ product, quantityMilli, labelMinor }: NonNullable<UnknownScan["offer"]>) {
  return labelMinor ?? mulDivRound(product.priceMinor, quantityMilli, 1000);
}

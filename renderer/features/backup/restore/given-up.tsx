import { useTranslation } from "react-i18next";
import type { BackupPreview } from "../../../../main/contract/backup.ts";
import type { Settings } from "../../../../main/contract/settings.ts";
import { useStatus } from "../../../bridge/index.ts";
import { cx, Icon, screenMoney, useFormat } from "../../../ui/index.ts";
import styles from "./restore.module.css";

interface Props {
  here: NonNullable<BackupPreview["here"]>;
  currency: Settings["currency"];
}

interface LiveProps extends Props {
  /** The till's newest sale when this was read. */
  newestSaleId: number;
}

/** Every sale, owed receipt and basket that going back would cost, by name; and what was sold since it was read. */
export function GivenUp({ here, currency, newestSaleId }: LiveProps) {
  const { t, i18n } = useTranslation("backup");
  const since = useStatus().newestSaleId - newestSaleId;
  const { givenUp, lostSales } = here;
  const isNothing = lostSales === 0 && givenUp.basketCount === 0;
  const isChinese = i18n.language.startsWith("zh");
  const goods = givenUp.basket.map(({ nameZh, nameEn }) => (isChinese ? nameZh : nameEn) || nameZh);
  return (
    <>
      {!isNothing && (
        <section className={styles["givenUp"]} aria-label={t("restore.givenUp.title")}>
          <h3 className={styles["title"]}>
            {t("restore.givenUp.title")}
            {lostSales > 0 &&
              ` · ${t("restore.givenUp.sales", {
                count: lostSales,
                money: screenMoney(givenUp.totalMinor, currency),
              })}`}
          </h3>
          {lostSales > 0 && <Sales here={here} currency={currency} />}
          {givenUp.owedCount > 0 && (
            <p>{t("restore.givenUp.owedCount", { count: givenUp.owedCount })}</p>
          )}
          {goods.length > 0 && (
            <p>
              {t("restore.givenUp.basket", {
                count: givenUp.basketCount,
                goods: goods.join(isChinese ? "、" : ", "),
              })}
            </p>
          )}
        </section>
      )}
      {since > 0 && (
        <p role="status" className={cx(styles["consequence"], styles["wait"])}>
          <Icon name="alert" size={20} />
          <span>{t("restore.since", { count: since })}</span>
        </p>
      )}
    </>
  );
}

function Sales({ here, currency }: Props) {
  const { t } = useTranslation("backup");
  const format = useFormat();
  const { givenUp, lostSales } = here;
  const owed = new Set(givenUp.owed.map(({ saleId }) => saleId));
  const more = lostSales - givenUp.sales.length;
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- scrolled with the keyboard
    <ul className={styles["givenUpSales"]} tabIndex={0} aria-label={t("restore.givenUp.title")}>
      {givenUp.sales.map(({ saleId, atMs, totalMinor, cashier }) => (
        <li key={saleId}>
          <span>
            {t("restore.givenUp.sale", { id: saleId, time: format.dateTime(atMs), cashier })}
            {owed.has(saleId) && <b> · {t("restore.givenUp.owed")}</b>}
          </span>
          <span>{screenMoney(totalMinor, currency)}</span>
        </li>
      ))}
      {more > 0 && <li>{t("restore.givenUp.more", { count: more })}</li>}
    </ul>
  );
}

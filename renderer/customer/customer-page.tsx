import { useEffect, useState } from "react";
import type { CustomerView } from "../../main/contract/customer.ts";
import { useTheme } from "../ui/use-theme.ts";
import { Amount } from "./amount.tsx";
import { Basket } from "./basket.tsx";
import styles from "./customer.module.css";
import { followTill } from "./feed.ts";
import { wordsIn } from "./words.ts";

/** The screen customers see: what they buy, what it comes to, what they get back. It can ask for nothing. */
export function CustomerPage() {
  const [view, setView] = useState<CustomerView | null>(null);
  useEffect(() => followTill(setView), []);
  useLook(view);
  if (view === null || view.phase === "off")
    return <main className={styles["dark"]} data-phase="off" />;
  if (view.phase === "idle") return <Idle view={view} />;
  return (
    <main className={styles["page"]} data-phase={view.phase}>
      <Basket view={view} />
      {view.phase === "paid" && view.paid !== null ? (
        <Paid view={view} paid={view.paid} />
      ) : (
        <Due view={view} />
      )}
    </main>
  );
}

function Idle({ view }: { view: CustomerView }) {
  const t = wordsIn(view.locale);
  return (
    <main className={styles["idle"]} data-phase="idle">
      <p className={styles["shop"]}>{view.shopName}</p>
      <p className={styles["welcome"]}>{t("welcome")}</p>
    </main>
  );
}

function Due({ view }: { view: CustomerView }) {
  const t = wordsIn(view.locale);
  const { currency, pieces, savedMinor, addedTaxMinor, totalMinor } = view;
  return (
    <section className={styles["side"]} aria-label={t("due")}>
      <p className={styles["shopName"]}>{view.shopName}</p>
      <div className={styles["sum"]}>
        <p className={styles["label"]}>{t("due")}</p>
        <p className={styles["total"]} role="status">
          <Amount minor={totalMinor} currency={currency} />
        </p>
        <ul className={styles["facts"]}>
          <li>{t("pieces", { count: pieces })}</li>
          {savedMinor > 0 && (
            <li className={styles["saved"]}>
              {t("saved")} <Amount minor={savedMinor} currency={currency} />
            </li>
          )}
          {addedTaxMinor > 0 && (
            <li>
              {t("addedTax")} <Amount minor={addedTaxMinor} currency={currency} />
            </li>
          )}
        </ul>
      </div>
    </section>
  );
}

function Paid({ view, paid }: { view: CustomerView; paid: NonNullable<CustomerView["paid"]> }) {
  const t = wordsIn(view.locale);
  const { currency, totalMinor } = view;
  return (
    <section className={styles["side"]} aria-label={t("thanks")}>
      <p className={styles["shopName"]}>{view.shopName}</p>
      <div className={styles["sum"]} role="status">
        {paid.changeMinor > 0 ? (
          <>
            <p className={styles["label"]}>{t("change")}</p>
            <p className={styles["total"]}>
              <Amount minor={paid.changeMinor} currency={currency} />
            </p>
          </>
        ) : (
          <p className={styles["label"]}>{t("noChange")}</p>
        )}
        <dl className={styles["paid"]}>
          <dt>{t("due")}</dt>
          <dd>
            <Amount minor={totalMinor} currency={currency} />
          </dd>
          <dt>{t("tendered")}</dt>
          <dd>
            <Amount minor={paid.tenderedMinor} currency={currency} />
          </dd>
        </dl>
        <p className={styles["thanks"]}>{t("thanks")}</p>
        <p className={styles["receipt"]}>{t("receipt")}</p>
      </div>
    </section>
  );
}

/** Language decides how Han characters look; light or dark is the shop's choice. */
function useLook(view: CustomerView | null): void {
  const locale = view?.locale ?? null;
  useEffect(() => {
    if (locale !== null) document.documentElement.lang = locale;
  }, [locale]);
  useTheme(view?.theme ?? "system");
}

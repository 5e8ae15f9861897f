import { useEffect, useRef } from "react";
import type { CustomerView } from "../../main/contract/customer.ts";
import { formatAmount, formatQuantity } from "../../main/domain/money.ts";
import { Amount } from "./amount.tsx";
import styles from "./customer.module.css";
import { wordsIn } from "./words.ts";

/** The goods on a strip of paper that grows downwards; the newest is always in sight. */
export function Basket({ view }: { view: CustomerView }) {
  const t = wordsIn(view.locale);
  const { lines, currency } = view;
  const well = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const box = well.current;
    if (box) box.scrollTop = box.scrollHeight;
  }, [lines]);
  return (
    <section className={styles["goods"]} aria-label={t("goods")}>
      <div className={styles["slot"]} />
      {/* Nobody can reach it, but a reader of the screen may scroll. */}
      <div ref={well} className={styles["well"]} tabIndex={0} role="group" aria-label={t("goods")}>
        <ol className={styles["strip"]}>
          {lines.map((line, index) => (
            // oxlint-disable-next-line react/no-array-index-key -- two lines may be the same
            <li key={index} className={styles["line"]}>
              <span className={styles["name"]}>{line.name || t("priced")}</span>
              <span className={styles["price"]}>
                <Amount minor={line.amountMinor} currency={currency} />
              </span>
              <span className={styles["detail"]}>
                {formatQuantity(line.quantityMilli)} × {formatAmount(line.priceMinor, currency)}
                {line.discountMinor > 0 &&
                  ` · ${t("saved")} ${formatAmount(line.discountMinor, currency)}`}
              </span>
            </li>
          ))}
        </ol>
      </div>
    </section>
  );
}

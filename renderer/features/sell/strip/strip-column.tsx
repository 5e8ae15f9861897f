import { useEffect, useMemo, useRef } from "react";
import { useTranslation } from "react-i18next";
import { layoutBasket, layoutHead } from "../../../../main/domain/receipt/layout.ts";
import { useSettings } from "../../../bridge/index.ts";
import { cx, Icon, PaperStrip } from "../../../ui/index.ts";
import { OpeningPanel } from "../../opening-check/opening-panel.tsx";
import { useSell } from "../sell-context.ts";
import { LeavingStrip } from "./leaving-strip.tsx";
import { Slot } from "./slot.tsx";
import styles from "./strip-column.module.css";
import { StuckStub } from "./stuck-stub.tsx";
import { TotalPanel } from "./total-panel.tsx";

/** The strip of paper hanging from the slot: the receipt as it will be printed, and the total under it. */
export function StripColumn({ onPractice }: { onPractice?: () => void }) {
  const { t } = useTranslation("sell");
  const { shop, receiptLocale, currency, taxMode } = useSettings();
  const { state, priced, columns, dispatch, completed } = useSell();
  const well = useRef<HTMLDivElement>(null);
  const isEmpty = priced.lines.length === 0;

  const lines = useMemo(() => {
    const head = layoutHead(shop, receiptLocale, columns);
    if (priced.lines.length === 0) return head;
    const layout = { basket: priced, currency, taxMode, locale: receiptLocale, columns };
    return [...head, ...layoutBasket(layout)];
  }, [shop, receiptLocale, columns, priced, currency, taxMode]);

  // The touched line stays in sight; on the last line that shows the total under it as well.
  useEffect(() => {
    const box = well.current;
    if (!box) return;
    if (state.basket.lines.length === 0) box.scrollTop = 0;
    else if (state.current === null || state.current === state.basket.lines.length - 1)
      box.scrollTop = box.scrollHeight;
    else box.querySelector("[aria-pressed=true]")?.scrollIntoView({ block: "nearest" });
  }, [state]);

  return (
    <section className={styles["column"]} aria-label={t("strip.label")}>
      <Slot {...(onPractice ? { onPractice } : {})} />
      <div className={styles["well"]}>
        <div ref={well} className={styles["scroll"]}>
          <PaperStrip
            className={cx(styles["paper"], isEmpty && styles["blank"])}
            lines={lines}
            columns={columns}
            highlightItem={state.isChosen ? null : state.current}
            selectedItem={state.current}
            isMarked={state.isChosen}
            onItem={(item) => dispatch({ type: "choose", item })}
          >
            {isEmpty && (
              <p className={styles["waiting"]}>
                <Icon name="scan" size={22} />
                <span>{t("strip.waiting")}</span>
              </p>
            )}
          </PaperStrip>
          <OpeningPanel />
        </div>
        {completed && <LeavingStrip key={completed.saleId} sale={completed} columns={columns} />}
        <StuckStub />
      </div>
      <TotalPanel />
    </section>
  );
}

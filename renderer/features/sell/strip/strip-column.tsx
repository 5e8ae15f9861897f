import { useEffect, useMemo, useRef } from "react";
import { useTranslation } from "react-i18next";
import type { ReceiptLine } from "../../../../main/domain/receipt/line.ts";
import { cx, Icon, PaperStrip } from "../../../ui/index.ts";
import { OpeningPanel } from "../../opening-check/opening-panel.tsx";
import { useSell } from "../sell-context.ts";
import { LeavingStrip } from "./leaving-strip.tsx";
import { Slot } from "./slot.tsx";
import styles from "./strip-column.module.css";
import { StuckStub } from "./stuck-stub.tsx";
import { TotalPanel } from "./total-panel.tsx";
import { useReceiptLook } from "./use-receipt-look.ts";

/** The strip of paper hanging from the slot: the receipt as it will be printed, and the total under it. */
export function StripColumn({ onPractice }: { onPractice?: () => void }) {
  const { t } = useTranslation("sell");
  const { state, priced, dispatch, completed } = useSell();
  const look = useReceiptLook();
  const well = useRef<HTMLDivElement>(null);
  const isEmpty = priced.lines.length === 0;

  const { columns, lines } = useMemo(() => {
    const strip = look.draft(priced);
    return priced.lines.length === 0 ? { ...strip, lines: headOf(strip.lines) } : strip;
  }, [look, priced]);

  // The touched line stays in sight; on the last line that shows the total under it as well.
  useEffect(() => {
    const box = well.current;
    if (!box) return;
    if (state.basket.lines.length === 0) {
      box.scrollTop = 0;
      return;
    }
    const isLast = state.current === null || state.current === state.basket.lines.length - 1;
    if (isLast) box.querySelector("[data-role=tender]")?.scrollIntoView({ block: "end" });
    box.querySelector("[aria-pressed=true]")?.scrollIntoView({ block: "nearest" });
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
        {completed && <LeavingStrip key={completed.saleId} sale={completed} />}
        <StuckStub />
      </div>
      <TotalPanel />
    </section>
  );
}

/** Everything above the goods: with nothing scanned there is nothing to say below. */
function headOf(lines: readonly ReceiptLine[]): ReceiptLine[] {
  return lines.slice(0, lines.findLastIndex(({ role }) => role === "meta") + 1);
}

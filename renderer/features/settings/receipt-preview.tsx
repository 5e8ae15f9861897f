import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { COLUMNS_OF_WIDTH, layoutReceipt } from "../../../main/domain/receipt/layout.ts";
import { useStatus } from "../../bridge/index.ts";
import { PaperStrip } from "../../ui/index.ts";
import { sampleSale } from "./sample-sale.ts";
import type { OwnerSettings } from "./settings-draft.ts";
import styles from "./settings.module.css";

/** A sample sale on paper of the chosen width, laid out by the very code that prints. */
export function ReceiptPreview({ look }: { look: OwnerSettings }) {
  const { t } = useTranslation("settings");
  const { nowMs, cashier } = useStatus();
  // The time on the sample need not run.
  const atMs = Math.floor(nowMs / 3_600_000) * 3_600_000;
  const by = cashier ?? look.cashiers[0] ?? "";
  const columns = COLUMNS_OF_WIDTH[look.widthMm];
  const lines = useMemo(
    () => layoutReceipt(sampleSale(look, by, atMs), columns, { kind: "original" }),
    [look, by, atMs, columns],
  );
  return (
    <div className={styles["paper"]} role="region" aria-label={t("receipt.preview")} tabIndex={0}>
      <PaperStrip
        lines={lines}
        columns={columns}
        className={look.widthMm === 58 ? styles["mm58"] : styles["mm80"]}
      />
    </div>
  );
}

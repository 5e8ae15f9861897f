import { useMemo, type CSSProperties } from "react";
import { useTranslation } from "react-i18next";
import { layoutReceipt } from "../../../main/domain/receipt/layout.ts";
import { useStatus } from "../../bridge/index.ts";
import { PaperStrip } from "../../ui/index.ts";
import { SAMPLE_CODE, sampleSale } from "./sample-sale.ts";
import type { OwnerSettings } from "./settings-draft.ts";
import styles from "./settings.module.css";
import { FitNotes } from "./template/fit-notes.tsx";
import { usePreviewColumns } from "./use-preview-columns.ts";

/** Characters a line on the widest paper; it fills the room there is. */
const WIDEST = 48;

/** A sample sale on the paper of the receipt printer, laid out by the very code that prints. */
export function ReceiptPreview({ look }: { look: OwnerSettings }) {
  const { t } = useTranslation("settings");
  const { nowMs, cashier } = useStatus();
  // The time on the sample need not run.
  const atMs = Math.floor(nowMs / 3_600_000) * 3_600_000;
  const by = cashier ?? look.cashiers[0] ?? "";
  const paper = usePreviewColumns(look.widthMm);
  const { columns } = paper;
  const lines = useMemo(() => {
    const { logo } = look.template;
    const mark = { kind: "original" } as const;
    const assets = { logo: () => logo };
    return layoutReceipt(sampleSale(look, by, atMs), columns, mark, assets, SAMPLE_CODE);
  }, [look, by, atMs, columns]);
  return (
    <div className={styles["paper"]} role="region" aria-label={t("receipt.preview")} tabIndex={0}>
      <p className={styles["paperWord"]}>
        {t(paper.isTriedOut ? "receipt.columnsTried" : "receipt.columnsUsual", { count: columns })}
      </p>
      <FitNotes look={look} paper={paper} />
      <div className={styles["sheet"]} style={{ "--share": columns / WIDEST } as CSSProperties}>
        <PaperStrip lines={lines} columns={columns} />
      </div>
    </div>
  );
}

import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { COLUMNS_OF_WIDTH } from "../../../main/domain/receipt/layout.ts";
import type { Locale } from "../../../main/domain/sale.ts";
import { useSettings } from "../../bridge/index.ts";
import { PaperStrip } from "../../ui/index.ts";
import styles from "./preview.module.css";
import { previewLines } from "./preview-lines.ts";
import type { SetupDraft } from "./setup-draft.ts";

/** The first receipt of this shop, growing while it is set up; as wide as its paper. */
export function Preview({ draft, locale }: { draft: SetupDraft; locale: Locale }) {
  const { t } = useTranslation("setup");
  const { template } = useSettings();
  const lines = useMemo(
    () =>
      previewLines(draft, locale, template, {
        shop: t("preview.shop"),
        cashier: t("preview.cashier"),
        items: [t("preview.item1"), t("preview.item2")],
      }),
    [draft, locale, template, t],
  );
  return (
    <aside className={styles["preview"]} aria-label={t("preview.label")}>
      <div className={styles["machine"]}>
        <span className={styles["lamp"]} />
        <span className={styles["mouth"]} />
      </div>
      {/* The whole receipt is longer than a small screen: whoever has no mouse must be able to scroll it. */}
      <div className={styles["well"]} role="group" aria-label={t("preview.label")} tabIndex={0}>
        <div className={draft.widthMm === 58 ? styles["narrow"] : styles["broad"]}>
          <PaperStrip lines={lines} columns={COLUMNS_OF_WIDTH[draft.widthMm]} />
        </div>
      </div>
    </aside>
  );
}

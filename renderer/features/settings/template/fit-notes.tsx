import { useTranslation } from "react-i18next";
import { Icon } from "../../../ui/index.ts";
import type { OwnerSettings } from "../settings-draft.ts";
import { widthOf } from "../try-out/try-out.ts";
import type { PreviewColumns } from "../use-preview-columns.ts";
import { fitNotes } from "./template-draft.ts";
import styles from "./template.module.css";

/** Above the preview: what of the template does not go with the paper. Nothing when all is well. */
export function FitNotes({ look, paper }: { look: OwnerSettings; paper: PreviewColumns }) {
  const { t } = useTranslation("settings");
  const { columns } = paper;
  const values = { columns, mm: look.widthMm };
  const notes = [
    ...(paper.isTriedOut && widthOf(columns) !== look.widthMm ? (["width"] as const) : []),
    ...fitNotes(look.template, columns, look.receiptLocale),
  ];
  return (
    <div role="status" className={styles["notes"]}>
      {notes.map((note) => (
        <p key={note} className={styles["note"]}>
          <Icon name="alert" size={18} />
          {t(`receipt.fit.${note}`, values)}
        </p>
      ))}
    </div>
  );
}

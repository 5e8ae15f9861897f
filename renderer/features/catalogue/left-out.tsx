import { useTranslation } from "react-i18next";
import type { ImportPreviewResult } from "../../../main/contract/catalogue.ts";
import { Button, Icon, Switch } from "../../ui/index.ts";
import styles from "./catalogue.module.css";
import { rowErrorSentence, skipSentence } from "./import-fields.ts";
import { RowErrors } from "./row-errors.tsx";
import type { ImportFile, ImportWizard } from "./use-import.ts";
import { useLeftOutFile } from "./use-left-out.ts";

/** Rows that can't come in, by reason and by line; left out on the person's word, and saved for mending. */
export function LeftOut({
  wizard,
  file,
  preview,
}: {
  wizard: ImportWizard;
  file: ImportFile;
  preview: ImportPreviewResult;
}) {
  const { t } = useTranslation("catalogue");
  const leftOutFile = useLeftOutFile(file);
  const { badRowCount, rowCount, skippedCount } = preview;
  if (badRowCount + skippedCount === 0) return null;
  const hasSwitch = badRowCount > 0 && rowCount > badRowCount;
  return (
    <div className={styles["leftOut"]}>
      {badRowCount > 0 && <RowErrors preview={preview} />}
      {preview.reasons.length > 1 && (
        <ul className={styles["reasons"]}>
          {preview.reasons.map(({ code, count }) => (
            <li key={code}>
              <strong>{count}</strong> {t(`reason.${rowErrorSentence(code)}`)}
            </li>
          ))}
        </ul>
      )}
      <div className={styles["leftOutKeys"]}>
        {hasSwitch && (
          <Switch
            label={t("leftOut.switch", { count: badRowCount })}
            detail={t("leftOut.switchDetail", { count: rowCount - badRowCount })}
            isSelected={file.choices.leaveOut === true}
            onChange={(leaveOut) => wizard.choose({ leaveOut })}
          />
        )}
        <Button icon="download" isBusy={leftOutFile.isSaving} onPress={leftOutFile.save}>
          {t("leftOut.saveCount", { count: badRowCount + skippedCount })}
        </Button>
      </div>
      {skippedCount > 0 && <Skipped preview={preview} />}
    </div>
  );
}

/** Pictures, further text, totals: no goods, so nobody is asked, but they are named. */
function Skipped({ preview }: { preview: ImportPreviewResult }) {
  const { t } = useTranslation("catalogue");
  const { skipped, skippedCount } = preview;
  return (
    <details className={styles["folded"]}>
      <summary>
        {t("skip.title", { count: skippedCount })} <Icon name="down" size={18} />
      </summary>
      <ul>
        {skipped.map(({ row, code, name }) => (
          <li key={row}>
            {t("skip.row", { row, reason: t(`skip.${skipSentence(code)}`) })}
            {name !== "" && ` · ${name}`}
          </li>
        ))}
      </ul>
    </details>
  );
}

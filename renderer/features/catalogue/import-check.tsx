import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { ImportPreviewResult } from "../../../main/contract/catalogue.ts";
import { Button, cx, Icon, Spinner } from "../../ui/index.ts";
import { PinDialog } from "../../ui/pin-dialog.tsx";
import styles from "./catalogue.module.css";
import { ColumnMapper } from "./column-mapper.tsx";
import { RowErrors } from "./row-errors.tsx";
import { SampleRows } from "./sample-rows.tsx";
import type { ImportFile, ImportWizard } from "./use-import.ts";

const DELIMITER_WORD: Record<string, string> = { ",": "comma", ";": "semicolon", "\t": "tab" };

interface CheckProps {
  wizard: ImportWizard;
  file: ImportFile;
  preview: ImportPreviewResult;
}

/** What an import would do, before it does anything. */
export function ImportCheck({ wizard, file, preview }: CheckProps) {
  const { t } = useTranslation("catalogue");
  const delimiter = t(`delimiter.${DELIMITER_WORD[preview.delimiter] ?? "other"}`);
  return (
    <>
      <div className={cx(styles["check"], wizard.isMapping && styles["stale"])}>
        <header className={styles["file"]}>
          <Icon name="sheet" size={28} />
          <div className={styles["fileText"]}>
            <h3 className={styles["fileName"]}>{file.fileName}</h3>
            <p className={styles["hint"]}>
              {t("file.rows", { count: preview.rowCount })} ·{" "}
              {t("file.encoding", { encoding: preview.encoding.toUpperCase() })} ·{" "}
              {t("file.delimiter", { delimiter })}
            </p>
          </div>
          <Button size="small" icon="refresh" onPress={wizard.startOver}>
            {t("file.another")}
          </Button>
        </header>
        <Counts preview={preview} />
        {preview.errorCount > 0 && <RowErrors preview={preview} />}
        <ColumnMapper wizard={wizard} file={file} preview={preview} />
        <SampleRows preview={preview} />
      </div>
      <ImportBar wizard={wizard} preview={preview} />
    </>
  );
}

function Counts({ preview }: { preview: ImportPreviewResult }) {
  const { t } = useTranslation("catalogue");
  return (
    <ul className={styles["counts"]}>
      <li>
        <strong>{preview.newCount}</strong> {t("counts.new")}
      </li>
      <li>
        <strong>{preview.changedCount}</strong> {t("counts.changed")}
      </li>
      <li className={cx(preview.errorCount > 0 && styles["countBad"])}>
        <strong>{preview.errorCount}</strong> {t("counts.errors")}
      </li>
    </ul>
  );
}

function ImportBar({ wizard, preview }: { wizard: ImportWizard; preview: ImportPreviewResult }) {
  const { t } = useTranslation("catalogue");
  const [asksPin, setAsksPin] = useState(false);
  const count = preview.newCount + preview.changedCount;
  const action = t("import.action", { count });
  const close = () => {
    setAsksPin(false);
    wizard.forgetError();
  };
  const why =
    preview.missingFields.length > 0
      ? t("import.needColumns")
      : preview.errorCount > 0
        ? t("import.needFixes")
        : null;
  return (
    <div className={styles["bar"]}>
      <p className={styles["barNote"]} role="status">
        {wizard.isMapping ? (
          <>
            <Spinner size={18} /> {t("columns.reading")}
          </>
        ) : (
          why !== null && (
            <>
              <Icon name="alert" size={18} /> {why}
            </>
          )
        )}
      </p>
      <Button
        variant="go"
        size="big"
        icon="download"
        isDisabled={!preview.accepted || wizard.isMapping}
        onPress={() => setAsksPin(true)}
      >
        {preview.accepted ? action : t("import.notYet")}
      </Button>
      <PinDialog
        isOpen={asksPin}
        lead={t("import.pinLead")}
        confirm={action}
        isBusy={wizard.isImporting}
        error={wizard.importError}
        onPin={(pin) => wizard.runImport(pin, close)}
        onClose={close}
      />
    </div>
  );
}

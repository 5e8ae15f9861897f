import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { ImportPreviewResult } from "../../../main/contract/catalogue.ts";
import { Button, cx, Icon, Spinner } from "../../ui/index.ts";
import { PinDialog } from "../../ui/pin-dialog.tsx";
import styles from "./catalogue.module.css";
import { ColumnMapper } from "./column-mapper.tsx";
import { EncodingName } from "./encoding-name.tsx";
import { FileReading } from "./file-reading.tsx";
import { ImportQuestions } from "./import-questions.tsx";
import { ImportWarnings } from "./import-warnings.tsx";
import { LeftOut } from "./left-out.tsx";
import { SampleRows } from "./sample-rows.tsx";
import type { ImportFile, ImportWizard } from "./use-import.ts";

const DELIMITER_WORD: Record<string, string> = {
  ",": "comma",
  ";": "semicolon",
  "\t": "tab",
  "|": "bar",
};

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
              {t("file.rows", { count: preview.rowCount })} · {t("file.encoding")}{" "}
              <EncodingName encoding={preview.encoding} /> · {t("file.delimiter", { delimiter })}
            </p>
          </div>
          <Button size="small" icon="refresh" onPress={wizard.startOver}>
            {t("file.another")}
          </Button>
        </header>
        <Counts preview={preview} leavesOut={file.choices.leaveOut === true} />
        <ImportQuestions wizard={wizard} preview={preview} />
        <LeftOut wizard={wizard} file={file} preview={preview} />
        <FileReading wizard={wizard} file={file} preview={preview} />
        <ColumnMapper wizard={wizard} file={file} preview={preview} />
        <ImportWarnings preview={preview} />
        <SampleRows preview={preview} />
      </div>
      <ImportBar wizard={wizard} preview={preview} />
    </>
  );
}

function Counts({ preview, leavesOut }: { preview: ImportPreviewResult; leavesOut: boolean }) {
  const { t } = useTranslation("catalogue");
  const { badRowCount, skippedCount } = preview;
  const leftOut = (leavesOut ? badRowCount : 0) + skippedCount;
  return (
    <ul className={styles["counts"]}>
      <li>
        <strong>{preview.newCount}</strong> {t("counts.new")}
      </li>
      <li>
        <strong>{preview.changedCount}</strong> {t("counts.changed")}
      </li>
      {!leavesOut && (
        <li className={cx(badRowCount > 0 && styles["countBad"])}>
          <strong>{badRowCount}</strong> {t("counts.errors")}
        </li>
      )}
      {leftOut > 0 && (
        <li>
          <strong>{leftOut}</strong> {t("counts.leftOut")}
        </li>
      )}
    </ul>
  );
}

/** What keeps the list from being imported; null: nothing. */
function useWhyNot({
  accepted,
  missingFields,
  questions,
  badRowCount,
  rowCount,
}: ImportPreviewResult) {
  const { t } = useTranslation("catalogue");
  if (accepted) return null;
  if (missingFields.length > 0) return t("import.needColumns");
  if (questions.length > 0) return t("import.needAnswers");
  return t(badRowCount < rowCount ? "import.needFixes" : "import.nothingLeft");
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
  const why = useWhyNot(preview);
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

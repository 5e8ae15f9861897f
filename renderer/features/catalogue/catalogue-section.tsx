import { useTranslation } from "react-i18next";
import { useStatus } from "../../bridge/index.ts";
import { RefusalNote, Spinner } from "../../ui/index.ts";
import styles from "./catalogue.module.css";
import { ChooseFile } from "./choose-file.tsx";
import { FileTrouble } from "./file-trouble.tsx";
import { ImportCheck } from "./import-check.tsx";
import { ImportDone } from "./import-done.tsx";
import { useImport } from "./use-import.ts";

/** What the shop sells: how much is known, and the way to bring in more. */
export function CatalogueSection() {
  const { t } = useTranslation("catalogue");
  const { catalogueSize } = useStatus();
  const wizard = useImport();
  const { step } = wizard;
  return (
    <div className={styles["catalogue"]}>
      {step.name !== "check" && (
        <p className={styles["lead"]}>
          {catalogueSize === 0 ? t("empty") : t("count", { count: catalogueSize })}
        </p>
      )}
      {step.name === "choose" && <ChooseFile wizard={wizard} />}
      {step.name === "reading" && (
        <p className={styles["reading"]} role="status">
          <Spinner size={24} /> {t("reading", { fileName: step.fileName })}
        </p>
      )}
      {step.name === "unreadable" && (
        <>
          {step.refusal.code === "FILE_UNREADABLE" ? (
            <FileTrouble fileName={step.fileName} refusal={step.refusal} />
          ) : (
            <RefusalNote error={step.refusal} />
          )}
          <ChooseFile wizard={wizard} />
        </>
      )}
      {step.name === "check" && (
        <ImportCheck wizard={wizard} file={step.file} preview={step.preview} />
      )}
      {step.name === "done" && (
        <ImportDone result={step.result} file={step.file} onAgain={wizard.startOver} />
      )}
    </div>
  );
}

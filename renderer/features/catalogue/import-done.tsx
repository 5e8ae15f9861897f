import { useTranslation } from "react-i18next";
import { Button, Icon } from "../../ui/index.ts";
import styles from "./catalogue.module.css";
import type { ImportFile, ImportResult } from "./use-import.ts";
import { useLeftOutFile } from "./use-left-out.ts";

export function ImportDone({
  result,
  file,
  onAgain,
}: {
  result: ImportResult;
  file: ImportFile | null;
  onAgain: () => void;
}) {
  const { t } = useTranslation("catalogue");
  const leftOutFile = useLeftOutFile(file);
  return (
    <div className={styles["done"]} role="status">
      <Icon name="checkCircle" size={48} />
      <p className={styles["doneTitle"]}>{t("done.title")}</p>
      <p>{t("done.body", { added: result.added, changed: result.changed, total: result.total })}</p>
      {result.leftOut > 0 && (
        <p className={styles["doneLeftOut"]}>
          <Icon name="alert" size={18} /> {t("done.leftOut", { count: result.leftOut })}
        </p>
      )}
      <div className={styles["dropKeys"]}>
        {result.leftOut > 0 && (
          <Button icon="download" isBusy={leftOutFile.isSaving} onPress={leftOutFile.save}>
            {t("leftOut.save")}
          </Button>
        )}
        <Button icon="upload" onPress={onAgain}>
          {t("done.again")}
        </Button>
      </div>
    </div>
  );
}

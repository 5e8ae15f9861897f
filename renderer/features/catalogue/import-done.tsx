import { useTranslation } from "react-i18next";
import { Button, Icon } from "../../ui/index.ts";
import styles from "./catalogue.module.css";
import type { ImportResult } from "./use-import.ts";

export function ImportDone({ result, onAgain }: { result: ImportResult; onAgain: () => void }) {
  const { t } = useTranslation("catalogue");
  return (
    <div className={styles["done"]} role="status">
      <Icon name="checkCircle" size={48} />
      <p className={styles["doneTitle"]}>{t("done.title")}</p>
      <p>{t("done.body", { added: result.added, changed: result.changed, total: result.total })}</p>
      <Button icon="upload" onPress={onAgain}>
        {t("done.again")}
      </Button>
    </div>
  );
}

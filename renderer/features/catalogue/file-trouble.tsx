import { useTranslation } from "react-i18next";
import type { RefusalBody } from "../../../main/contract/refusals.ts";
import { Icon } from "../../ui/index.ts";
import styles from "./catalogue.module.css";
import { fileErrorSentence } from "./import-fields.ts";

/** A file that is no product list: why, what to do, and that nothing was changed. */
export function FileTrouble({ fileName, refusal }: { fileName: string; refusal: RefusalBody }) {
  const { t } = useTranslation("catalogue");
  const sentences = Object.values(refusal.details).map(fileErrorSentence);
  const sentence = sentences.find((name) => name !== "other") ?? "other";
  return (
    <div className={styles["trouble"]} role="alert">
      <Icon name="alert" size={22} />
      <div>
        <p className={styles["troubleTitle"]}>{t("fileErrorTitle", { fileName })}</p>
        <p>{t(`fileError.${sentence}`)}</p>
        <p>{t("nothingImported")}</p>
      </div>
    </div>
  );
}

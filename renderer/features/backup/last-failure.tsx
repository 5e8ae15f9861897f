import { useTranslation } from "react-i18next";
import { Icon } from "../../ui/index.ts";
import styles from "./backup-section.module.css";

/** What went wrong the last time, calmly. */
export function LastFailure({ at, why }: { at: string; why: string }) {
  const { t } = useTranslation("backup");
  return (
    <p className={styles["failure"]}>
      <Icon name="alert" size={20} />
      <span>{t("problem.at", { time: at, why })}</span>
    </p>
  );
}

import { useTranslation } from "react-i18next";
import { useStatus } from "../../bridge/index.ts";
import { cx, Icon } from "../../ui/index.ts";
import styles from "./frame-line.module.css";

/** A red line across the frame while the disk is full: what that means for the sales, and what to do now. */
export function DiskLine() {
  const { t } = useTranslation("opening");
  const { warnings } = useStatus();
  if (!warnings.some(({ code }) => code === "diskFull")) return null;
  return (
    <div className={cx(styles["row"], styles["line"], styles["loud"])} role="alert">
      <Icon name="alert" size={20} />
      <span className={styles["what"]}>{t("warning.diskFull.what")}</span>
      <span>{t("warning.diskFull.will")}</span>
    </div>
  );
}

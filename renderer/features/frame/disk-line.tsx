import { useTranslation } from "react-i18next";
import { useStatus } from "../../bridge/index.ts";
import { Icon } from "../../ui/index.ts";
import styles from "./disk-line.module.css";

/** A red line across the frame while the disk is full: what that means for the sales, and what to do now. */
export function DiskLine() {
  const { t } = useTranslation("opening");
  const { warnings } = useStatus();
  if (!warnings.some(({ code }) => code === "diskFull")) return null;
  return (
    <div className={styles["line"]} role="alert">
      <Icon name="alert" size={20} />
      <span>
        <b>{t("warning.diskFull.what")}</b> {t("warning.diskFull.will")}
      </span>
    </div>
  );
}

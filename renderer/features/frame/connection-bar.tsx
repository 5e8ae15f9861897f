import { useTranslation } from "react-i18next";
import { useConnection } from "../../bridge/index.ts";
import { Icon } from "../../ui/index.ts";
import styles from "./connection-bar.module.css";

/** Says that the till behind the page is gone, what to do and what not to do. */
export function ConnectionBar() {
  const { t } = useTranslation("common");
  if (useConnection() !== "lost") return null;
  return (
    <div className={styles["bar"]} role="alert">
      <Icon name="offline" size={26} />
      <div>
        <p className={styles["title"]}>{t("connection.lost")}</p>
        <p>{t("connection.lostDetail")}</p>
      </div>
    </div>
  );
}

import { useTranslation } from "react-i18next";
import { useConnection, useIsLost } from "../../bridge/index.ts";
import { Icon } from "../../ui/index.ts";
import styles from "./connection-bar.module.css";

/** Says that the till behind the page is gone, or knows it no longer, what to do and what not to do. */
export function ConnectionBar() {
  const { t } = useTranslation("common");
  const isShutOut = useConnection() === "shutOut";
  if (!useIsLost()) return null;
  return (
    <div className={styles["bar"]} role="alert">
      <Icon name="offline" size={26} />
      <div>
        <p className={styles["title"]}>{t(isShutOut ? "connection.shutOut" : "connection.lost")}</p>
        <p>{t(isShutOut ? "connection.shutOutDetail" : "connection.lostDetail")}</p>
      </div>
    </div>
  );
}

import { useTranslation } from "react-i18next";
import { useConnection, useIsLost } from "../../bridge/index.ts";
import { Icon, Spinner } from "../../ui/index.ts";
import styles from "./starting.module.css";

/** Before the first answer of the till, and when there is none. */
export function Starting() {
  const { t } = useTranslation("common");
  const isShutOut = useConnection() === "shutOut";
  const isLost = useIsLost();
  const title = isShutOut ? "shutOut" : isLost ? "lost" : "starting";
  return (
    <main className={styles["starting"]} aria-busy="true">
      {isLost ? <Icon name="offline" size={36} /> : <Spinner size={36} />}
      <p className={styles["title"]}>{t(`connection.${title}`)}</p>
      {isLost && <p>{t(isShutOut ? "connection.shutOutDetail" : "connection.lostDetail")}</p>}
    </main>
  );
}

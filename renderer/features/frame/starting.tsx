import { useTranslation } from "react-i18next";
import { useConnection } from "../../bridge/index.ts";
import { Icon, Spinner } from "../../ui/index.ts";
import styles from "./starting.module.css";

/** Before the first answer of the till, and when there is none. */
export function Starting() {
  const { t } = useTranslation("common");
  const isLost = useConnection() === "lost";
  return (
    <main className={styles["starting"]} aria-busy="true">
      {isLost ? <Icon name="offline" size={36} /> : <Spinner size={36} />}
      <p className={styles["title"]}>{t(isLost ? "connection.lost" : "connection.starting")}</p>
      {isLost && <p>{t("connection.lostDetail")}</p>}
    </main>
  );
}

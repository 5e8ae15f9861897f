import { useTranslation } from "react-i18next";
import { Button, Icon } from "../../ui/index.ts";
import styles from "./starting.module.css";

export function Crashed({ message, incident }: { message: string; incident: string | null }) {
  const { t } = useTranslation(["common", "program"]);
  return (
    <main className={styles["starting"]} role="alert">
      <Icon name="alert" size={36} />
      <p className={styles["title"]}>{t("crash.title")}</p>
      <p>{t("crash.detail")}</p>
      <Button variant="go" icon="refresh" onPress={() => window.location.reload()}>
        {t("crash.reload")}
      </Button>
      <code>{message}</code>
      {incident !== null && <p>{t("program:incident", { incident })}</p>}
    </main>
  );
}

import { useTranslation } from "react-i18next";
import { Button, Icon } from "../../../ui/index.ts";
import styles from "./selling-elsewhere.module.css";

/** In every window of a till but the one that sells: says so, and can take the seat. */
export function SellingElsewhere({ onTake }: { onTake: () => void }) {
  const { t } = useTranslation("sell");
  return (
    <main className={styles["elsewhere"]}>
      <Icon name="box" size={36} />
      <h1 className={styles["title"]}>{t("elsewhere.title")}</h1>
      <p>{t("elsewhere.detail")}</p>
      {/* Without the focus: the Enter of a scan that goes astray must not press it. */}
      <Button variant="go" size="big" onPress={onTake}>
        {t("elsewhere.take")}
      </Button>
    </main>
  );
}

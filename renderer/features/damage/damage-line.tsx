import { useTranslation } from "react-i18next";
import { useStatus } from "../../bridge/index.ts";
import { cx, Icon } from "../../ui/index.ts";
import styles from "../backup/backup-line.module.css";

/** A line across the frame until the owner has dealt with damaged books. Calm: the till sells. */
export function DamageLine() {
  const { t } = useTranslation("damage");
  const { damage } = useStatus();
  if (damage === null || damage.isSettled) return null;
  const word = damage.recovered === null ? "open" : "left";
  return (
    <div role="status" aria-label={t("line.label")}>
      <a href="#/settings/backup" className={cx(styles["line"], styles["calm"])}>
        <Icon name="alert" size={20} />
        <span className={styles["what"]}>{t(`line.${word}`)}</span>
        <span className={styles["go"]}>
          {t("line.go")}
          <Icon name="right" size={16} />
        </span>
      </a>
    </div>
  );
}

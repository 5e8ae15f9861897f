import { useTranslation } from "react-i18next";
import { cx, Icon } from "../../ui/index.ts";
import styles from "../backup/backup-line.module.css";
import { useBooks } from "./use-books.ts";

/** A red line across the frame while the books are known not to be as the till wrote them. */
export function BooksLine() {
  const { t } = useTranslation("books");
  const check = useBooks()?.lastCheck;
  if (!check || check.state === "whole" || check.state === "noted") return null;
  return (
    <div role="alert" aria-label={t("line.label")}>
      <a href="#/settings/backup" className={cx(styles["line"], styles["loud"])}>
        <Icon name="alert" size={20} />
        <span className={styles["what"]}>{t(`line.${check.state}`, { count: check.found })}</span>
        <span className={styles["go"]}>
          {t("line.go")}
          <Icon name="right" size={16} />
        </span>
      </a>
    </div>
  );
}

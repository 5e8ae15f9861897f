import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { cx, Icon, type IconName } from "../../ui/index.ts";
import styles from "./frame-line.module.css";

interface FrameLineProps {
  /** `loud`: something may be lost; `calm`: nothing is, but somebody has to see to it. */
  tone: "loud" | "calm";
  /** Where its `line.label` and `line.go` stand. */
  words: "books" | "damage" | "backup";
  icon?: IconName;
  /** The sentence. */
  children: ReactNode;
  more?: ReactNode;
}

/** A line across the frame about the books, which leads to where all of that is put right. */
export function FrameLine({ tone, words, icon = "alert", children, more }: FrameLineProps) {
  const { t } = useTranslation(words);
  return (
    <div role={tone === "calm" ? "status" : "alert"} aria-label={t("line.label")}>
      <a href="#/settings/backup" className={cx(styles["row"], styles["line"], styles[tone])}>
        <Icon name={icon} size={20} />
        <span className={styles["what"]}>{children}</span>
        {more}
        <span className={styles["go"]}>
          {t("line.go")}
          <Icon name="right" size={16} />
        </span>
      </a>
    </div>
  );
}

import { useId, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { BackupCopy } from "../../../main/contract/backup.ts";
import { cx, Icon, useFormat } from "../../ui/index.ts";
import { byteSize } from "./byte-size.ts";
import styles from "./place-card.module.css";

/** A place for copies: a drawer with its label, and what lies in it. */
export function PlaceCard({
  title,
  lead,
  lamp,
  word,
  children,
}: {
  title: string;
  lead: string;
  lamp: "good" | "wait" | "bad" | "off";
  /** Beside the lamp; null: the lamp says enough with what stands below. */
  word: string | null;
  children: ReactNode;
}) {
  const id = useId();
  return (
    <section className={styles["card"]} aria-labelledby={id}>
      <header className={cx(styles["front"], styles[lamp])}>
        <h3 id={id} className={styles["title"]}>
          {title}
        </h3>
        <p className={styles["word"]}>
          <span className={styles["lamp"]} aria-hidden="true" />
          {word}
        </p>
        <span className={styles["handle"]} aria-hidden="true" />
      </header>
      <div className={styles["content"]}>
        <p className={styles["lead"]}>{lead}</p>
        {children}
      </div>
    </section>
  );
}

/** Where it is, and how much lies there. */
export function PlaceFacts({
  folder,
  copies,
  unseenNewestAtMs,
}: {
  folder: string;
  copies: readonly BackupCopy[];
  /** The place can't be seen now: its newest copy when it last was, null for none. */
  unseenNewestAtMs?: number | null;
}) {
  const { t } = useTranslation("backup");
  const format = useFormat();
  const { unit, n } = byteSize(copies.reduce((sum, { bytes }) => sum + bytes, 0));
  const newest = copies.find(({ state }) => state !== "damaged");
  return (
    <dl className={styles["facts"]}>
      <div>
        <dt>{t("place.folder")}</dt>
        <dd className={styles["path"]}>{folder}</dd>
      </div>
      <div>
        <dt>{t("place.inside")}</dt>
        <dd>
          {newest === undefined ? (
            <>
              <Icon name={unseenNewestAtMs === undefined ? "clock" : "question"} size={18} />
              {unseenNewestAtMs === undefined
                ? t("place.waiting")
                : unseenNewestAtMs === null
                  ? t("place.unseen")
                  : t("place.lastSeen", { time: format.dateTime(unseenNewestAtMs) })}
            </>
          ) : (
            <>
              <Icon name="check" size={18} />
              <span>
                {t("place.newest", { time: format.dateTime(newest.atMs) })}
                <small>
                  {t("place.copies", { count: copies.length, size: t(`size.${unit}`, { n }) })}
                </small>
              </span>
            </>
          )}
        </dd>
      </div>
    </dl>
  );
}

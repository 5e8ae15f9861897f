import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { BooksCheck } from "../../../main/contract/books.ts";
import { localeOf } from "../../i18n/start.ts";
import { newRequestId, useAct } from "../../bridge/index.ts";
import { Button, cx, Icon, RefusalNote, useFormat } from "../../ui/index.ts";
import { ArchiveDialog } from "./archive-dialog.tsx";
import styles from "./books-card.module.css";
import { BooksJobBar } from "./books-job.tsx";
import { useBooks } from "./use-books.ts";

/** Whether the books are as the till wrote them: checked after every day end, and on demand; and archives of them. */
export function BooksCard() {
  const { t } = useTranslation("books");
  const books = useBooks();
  const act = useAct("books.check");
  const [isArchiving, setArchiving] = useState(false);
  if (!books) return null;
  const { job, lastCheck, keyId } = books;
  const isChecking = job?.what === "check";
  return (
    <section className={styles["card"]} aria-labelledby="books-check">
      <h3 id="books-check" className={styles["title"]}>
        {t("check.title")}
      </h3>
      <p className={styles["lead"]}>{t("check.lead")}</p>
      <LastCheck check={lastCheck} />
      {isChecking && <BooksJobBar job={job} />}
      {act.error && act.error.code !== "BOOKS_STOPPED" && <RefusalNote error={act.error} />}
      <div className={styles["keys"]}>
        {!isChecking && (
          <Button
            icon="search"
            isBusy={act.isPending}
            isDisabled={job !== null}
            onPress={() => act.mutate({ requestId: newRequestId() })}
          >
            {t("check.action")}
          </Button>
        )}
        <Button icon="box" onPress={() => setArchiving(true)}>
          {t("archive.open")}
        </Button>
        <p className={styles["keyId"]}>
          {t("archive.key")} <code>{keyId}</code>
        </p>
      </div>
      <ArchiveDialog isOpen={isArchiving} date={null} onClose={() => setArchiving(false)} />
    </section>
  );
}

const LOOK = {
  whole: { icon: "checkCircle", tone: "good" },
  noted: { icon: "checkCircle", tone: "good" },
  damaged: { icon: "alert", tone: "bad" },
  unreadable: { icon: "alert", tone: "bad" },
} as const;

function LastCheck({ check }: { check: BooksCheck | null }) {
  const { t, i18n } = useTranslation("books");
  const format = useFormat();
  if (check === null)
    return (
      <p className={styles["fact"]}>
        <Icon name="clock" size={20} />
        {t("check.never")}
      </p>
    );
  const { state, atMs, sales, events, signatures, found, sentences } = check;
  const { icon, tone } = LOOK[state];
  const number = (value: number) => value.toLocaleString(i18n.language);
  const locale = localeOf(i18n.language);
  return (
    <div className={styles["result"]}>
      <p className={cx(styles["fact"], styles[tone])}>
        <Icon name={icon} size={20} />
        <span>
          {t(`check.${state}`, { count: found, found: number(found), sales: number(sales) })}
          <small>
            {t(check.by === null ? "check.byItself" : "check.byPerson", {
              time: format.dateTime(atMs),
              name: check.by ?? "",
              events: number(events),
              signatures: number(signatures),
            })}
          </small>
        </span>
      </p>
      {sentences.length > 0 && (
        <ul className={styles["found"]} aria-label={t("check.list")} tabIndex={0}>
          {sentences.map((sentence) => (
            <li key={sentence.en}>{sentence[locale]}</li>
          ))}
          {found > sentences.length && (
            <li>{t("check.more", { count: found - sentences.length })}</li>
          )}
        </ul>
      )}
      {tone === "bad" && <p className={styles["advice"]}>{t("check.advice")}</p>}
    </div>
  );
}

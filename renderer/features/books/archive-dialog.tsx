import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useStatus } from "../../bridge/index.ts";
import { Button, Choice, Dialog, Icon, RefusalNote } from "../../ui/index.ts";
import { DateField } from "../../ui/date-field.tsx";
import { byteSize } from "../backup/byte-size.ts";
import styles from "./archive-dialog.module.css";
import { BooksJobBar } from "./books-job.tsx";
import { dateOf, daysOf, isPeriod, PERIODS, type Days, type PeriodName } from "./periods.ts";
import { useArchive, type MadeArchive } from "./use-archive.ts";
import { useBooks } from "./use-books.ts";

/** A period of the books as a file that proves by itself what became of every receipt. */
export function ArchiveDialog({
  isOpen,
  date,
  onClose,
}: {
  isOpen: boolean;
  /** The business date it is opened from; null: today. */
  date: string | null;
  onClose: () => void;
}) {
  const { t } = useTranslation("books");
  return (
    <Dialog title={t("archive.title")} isOpen={isOpen} onClose={onClose}>
      {isOpen && <Archive date={date} onClose={onClose} />}
    </Dialog>
  );
}

function Archive({ date, onClose }: { date: string | null; onClose: () => void }) {
  const archive = useArchive();
  if (archive.made) return <Done made={archive.made} onClose={onClose} />;
  return <Form date={date} archive={archive} />;
}

function Form({
  date,
  archive: { isBusy, refusal, make },
}: {
  date: string | null;
  archive: ReturnType<typeof useArchive>;
}) {
  const { t } = useTranslation("books");
  const { day, nowMs } = useStatus();
  const books = useBooks();
  const today = date ?? day?.date ?? dateOf(nowMs);
  const [name, setName] = useState<PeriodName>("day");
  const [own, setOwn] = useState<Days>({ from: today, to: today });
  const days = daysOf(name, today) ?? own;
  const job = books?.job ?? null;
  return (
    <form
      className={styles["form"]}
      onSubmit={(event) => {
        event.preventDefault();
        if (isPeriod(days) && !isBusy) make(days);
      }}
    >
      <p>{t("archive.lead")}</p>
      <Choice
        label={t("archive.period")}
        value={name}
        onChange={(next) => {
          setOwn(days);
          setName(next);
        }}
        options={PERIODS.map((value) => ({
          value,
          label: t(value === "day" && date !== null ? "archive.thatDay" : `archive.${value}`),
        }))}
      />
      {name === "own" ? (
        <div className={styles["dates"]}>
          <DateField
            label={t("archive.from")}
            value={own.from}
            onChange={(from) => setOwn({ ...own, from })}
          />
          <DateField
            label={t("archive.to")}
            value={own.to}
            onChange={(to) => setOwn({ ...own, to })}
          />
        </div>
      ) : (
        <p className={styles["days"]}>
          <Icon name="calendar" size={20} />
          {days.from === days.to ? days.from : t("archive.fromTo", { ...days })}
        </p>
      )}
      {job?.what === "archive" && <BooksJobBar job={job} />}
      {refusal && refusal.code !== "BOOKS_STOPPED" && <RefusalNote error={refusal} />}
      <Button
        variant="go"
        size="big"
        type="submit"
        icon="box"
        isBusy={isBusy}
        isDisabled={!isPeriod(days)}
      >
        {t("archive.make")}
      </Button>
    </form>
  );
}

function Done({ made, onClose }: { made: MadeArchive; onClose: () => void }) {
  const { t } = useTranslation(["books", "backup"]);
  const books = useBooks();
  const { fileName, bytes, sales, owed } = made;
  const { unit, n } = byteSize(bytes);
  return (
    <div className={styles["form"]} role="status">
      <p className={styles["saved"]}>
        <Icon name="checkCircle" size={24} />
        <span>
          {t("archive.saved")}
          <b>{fileName}</b>
          <small>{t(`backup:size.${unit}`, { n })}</small>
        </span>
      </p>
      <p className={owed > 0 ? styles["owed"] : undefined}>
        {owed > 0 && <Icon name="alert" size={20} />}
        <span>{t(owed > 0 ? "archive.owed" : "archive.allSettled", { count: sales, owed })}</span>
      </p>
      <p className={styles["how"]}>{t("archive.how")}</p>
      {books && (
        <p className={styles["key"]}>
          <Icon name="lock" size={20} />
          <span>{t("archive.keyMore")}</span>
          <code>{books.keyId}</code>
        </p>
      )}
      <div className={styles["keys"]}>
        <Button variant="go" icon="check" onPress={onClose}>
          {t("archive.close")}
        </Button>
      </div>
    </div>
  );
}

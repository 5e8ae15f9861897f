import { useTranslation } from "react-i18next";
import type { BackupCopy, BackupState } from "../../../main/contract/backup.ts";
import { Button, cx, Icon, useFormat, type IconName } from "../../ui/index.ts";
import { byteSize } from "./byte-size.ts";
import { bestOf, copyRows, stateOfRow, type CopyRow } from "./copy-rows.ts";
import styles from "./copy-list.module.css";

const LOOK: Record<BackupCopy["state"], IconName> = {
  verified: "check",
  flagged: "alert",
  damaged: "close",
};

/** Every copy at hand, newest first, with the places it lies in. */
export function CopyList({
  state,
  onRestore,
}: {
  state: BackupState;
  /** null: a backup has to be chosen first. */
  onRestore: (path: string | null) => void;
}) {
  const { t } = useTranslation("backup");
  const rows = copyRows(state.copies);
  return (
    <section className={styles["section"]} aria-labelledby="backup-list">
      <header className={styles["head"]}>
        <h3 id="backup-list" className={styles["title"]}>
          {t("list.title")}
        </h3>
        <Button icon="file" size="small" onPress={() => onRestore(null)}>
          {t("restore.fromFile")}
        </Button>
      </header>
      {rows.length === 0 ? (
        <p className={styles["kept"]}>{t("list.empty")}</p>
      ) : (
        <Rows rows={rows} onRestore={onRestore} />
      )}
      <p className={styles["kept"]}>{t("list.kept")}</p>
    </section>
  );
}

function Rows({ rows, onRestore }: { rows: CopyRow[]; onRestore: (path: string) => void }) {
  const { t } = useTranslation("backup");
  const columns = ["when", "why", "sales", "size", "where", "state"] as const;
  return (
    <div className={styles["scroll"]} role="group" aria-labelledby="backup-list" tabIndex={0}>
      <table className={styles["table"]}>
        <thead>
          <tr>
            {columns.map((name) => (
              <th key={name} scope="col" className={styles[name]}>
                {t(`list.${name}`)}
              </th>
            ))}
            <th scope="col" aria-label={t("restore.title")} />
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <Copy key={row.key} row={row} onRestore={onRestore} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Copy({ row, onRestore }: { row: CopyRow; onRestore: (path: string) => void }) {
  const { t } = useTranslation("backup");
  const format = useFormat();
  const word = stateOfRow(row);
  const { unit, n } = byteSize(row.bytes);
  const best = bestOf(row);
  const time = format.dateTime(row.atMs);
  return (
    <tr>
      <th scope="row" className={styles["when"]}>
        {time}
      </th>
      <td>{row.reason === null ? t("list.unknown") : t(`list.reason.${row.reason}`)}</td>
      <td className={styles["sales"]}>
        {row.sales === null ? t("list.unknown") : t("list.count", { count: row.sales })}
      </td>
      <td className={styles["size"]}>{t(`size.${unit}`, { n })}</td>
      <td>
        <span className={styles["places"]}>
          {row.first && (
            <Place icon="box" word={t("list.here")} isBad={row.first.state === "damaged"} />
          )}
          {row.second && (
            <Place
              icon={row.second.isSealed ? "lock" : "cable"}
              word={t("list.there")}
              isBad={row.second.state === "damaged"}
            />
          )}
        </span>
      </td>
      <td>
        <span className={cx(styles["stateWord"], styles[word])}>
          <Icon name={LOOK[word]} size={18} />
          {t(`list.${word}`)}
        </span>
      </td>
      <td className={styles["act"]}>
        {best && best.state !== "damaged" && (
          <Button
            size="small"
            variant="quiet"
            aria-label={t("list.restoreOf", { time })}
            onPress={() => onRestore(best.path)}
          >
            {t("list.restore")}
          </Button>
        )}
      </td>
    </tr>
  );
}

function Place({ icon, word, isBad }: { icon: IconName; word: string; isBad: boolean }) {
  return (
    <span className={cx(styles["place"], isBad && styles["damaged"])}>
      <Icon name={isBad ? "close" : icon} size={16} />
      {word}
    </span>
  );
}

import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import type { FoundBackup } from "../../../../main/contract/backup.ts";
import { CallRefused, useCall } from "../../../bridge/index.ts";
import {
  Button,
  EmptyState,
  Icon,
  RefusalNote,
  Spinner,
  TextField,
  useFormat,
} from "../../../ui/index.ts";
import { byteSize } from "../byte-size.ts";
import { unquoted } from "../second-place-dialog.tsx";
import styles from "./restore.module.css";
import type { Restore } from "./use-restore.ts";

/** What lies in the usual places, and a field for every other place. */
export function ChooseBackup({ restore }: { restore: Restore }) {
  const error = restore.step.name === "choose" ? restore.step.error : null;
  return (
    <div className={styles["step"]}>
      {error && <RefusalNote error={error} />}
      <Found onOpen={restore.open} />
      <PathForm onOpen={restore.open} />
    </div>
  );
}

function Found({ onOpen }: { onOpen: (path: string) => void }) {
  const { t } = useTranslation("backup");
  const { data, error, isFetching, refetch } = useCall("backup.find", {});
  const queries = useQueryClient();
  // Sticks come and go: next time it is looked for anew.
  useEffect(() => () => queries.removeQueries({ queryKey: ["backup.find"] }), [queries]);
  const again = (
    <Button size="small" icon="refresh" isBusy={isFetching} onPress={() => void refetch()}>
      {t("restore.again")}
    </Button>
  );
  if (error instanceof CallRefused) return <RefusalNote error={error} />;
  if (!data)
    return (
      <p className={styles["finding"]} role="status">
        <Spinner />
        {t("restore.finding")}
      </p>
    );
  if (data.found.length === 0)
    return (
      <EmptyState icon="search" title={t("restore.nothing")}>
        <p>{t("restore.nothingMore")}</p>
        {again}
      </EmptyState>
    );
  return (
    <section aria-label={t("restore.found")}>
      <header className={styles["foundHead"]}>
        <h3 className={styles["title"]}>{t("restore.found")}</h3>
        {again}
      </header>
      <ul className={styles["found"]}>
        {data.found.map((backup) => (
          <li key={backup.path}>
            <FoundKey backup={backup} onOpen={onOpen} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function FoundKey({ backup, onOpen }: { backup: FoundBackup; onOpen: (path: string) => void }) {
  const { t } = useTranslation("backup");
  const format = useFormat();
  const { unit, n } = byteSize(backup.bytes);
  return (
    <button type="button" className={styles["foundKey"]} onClick={() => onOpen(backup.path)}>
      <Icon name={backup.isSealed ? "lock" : "file"} size={22} />
      <span className={styles["foundWords"]}>
        <b>
          {format.dateTime(backup.atMs)}
          {backup.shop !== null && <span className={styles["foundShop"]}>{backup.shop}</span>}
          {backup.isSealed && <span className={styles["foundShop"]}>{t("list.sealed")}</span>}
        </b>
        <small className={styles["path"]}>{backup.path}</small>
      </span>
      <span className={styles["foundSize"]}>{t(`size.${unit}`, { n })}</span>
      <Icon name="right" size={18} />
    </button>
  );
}

function PathForm({ onOpen }: { onOpen: (path: string) => void }) {
  const { t } = useTranslation("backup");
  const [path, setPath] = useState("");
  const isReady = unquoted(path) !== "";
  return (
    <form
      className={styles["pathForm"]}
      onSubmit={(event) => {
        event.preventDefault();
        if (isReady) onOpen(unquoted(path));
      }}
    >
      <TextField
        label={t("restore.path")}
        hint={t("restore.pathHint")}
        value={path}
        onChange={setPath}
        autoComplete="off"
        spellCheck="false"
      />
      <Button type="submit" icon="search" isDisabled={!isReady}>
        {t("restore.open")}
      </Button>
    </form>
  );
}

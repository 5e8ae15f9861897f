import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useAct } from "../../bridge/index.ts";
import { Button, Dialog, RefusalNote, TextField, toast } from "../../ui/index.ts";
import { isPin, PinField } from "../../ui/pin-dialog.tsx";
import styles from "./dialog-form.module.css";
import { useSetBackup } from "./use-backup.ts";

/** Where the second place is: typed or pasted, because no window of this till can look at other disks. */
export function SecondPlaceDialog({
  isOpen,
  folder,
  onClose,
}: {
  isOpen: boolean;
  /** The one in use; empty: none. */
  folder: string;
  onClose: () => void;
}) {
  const { t } = useTranslation("backup");
  return (
    <Dialog title={t("secondDialog.title")} isOpen={isOpen} onClose={onClose}>
      {isOpen && <Form folder={folder} onClose={onClose} />}
    </Dialog>
  );
}

function Form({ folder, onClose }: { folder: string; onClose: () => void }) {
  const { t } = useTranslation(["backup", "settings"]);
  const act = useAct("backup.setPlace");
  const setBackup = useSetBackup();
  const [path, setPath] = useState(folder);
  const [pin, setPin] = useState("");
  const isReady = path.trim() !== "" && isPin(pin);
  const isWindows = /^[A-Za-z]:/.test(folder) || navigator.userAgent.includes("Windows");
  return (
    <form
      className={styles["form"]}
      onSubmit={(event) => {
        event.preventDefault();
        if (!isReady || act.isPending) return;
        act.mutate(
          { folder: unquoted(path), pin },
          {
            onSuccess: ({ state }) => {
              setBackup(state);
              toast("go", t("secondDialog.chosen"));
              onClose();
            },
            onError: () => setPin(""),
          },
        );
      }}
    >
      <p>{t("secondDialog.lead")}</p>
      <TextField
        label={t("secondDialog.field")}
        hint={t("secondDialog.hint", {
          example: t(isWindows ? "secondDialog.example" : "secondDialog.exampleUnix"),
        })}
        value={path}
        onChange={setPath}
        autoComplete="off"
        spellCheck="false"
        // oxlint-disable-next-line jsx-a11y/no-autofocus -- the first thing asked in its dialog
        autoFocus
      />
      <p className={styles["how"]}>{t("secondDialog.how")}</p>
      <PinField value={pin} onChange={setPin} label={t("settings:pin.field")} />
      {act.error && <RefusalNote error={act.error} />}
      <Button variant="go" size="big" type="submit" isBusy={act.isPending} isDisabled={!isReady}>
        {t("secondDialog.confirm")}
      </Button>
    </form>
  );
}

/** A path as Windows copies it stands in quotation marks. */
export function unquoted(path: string): string {
  return path
    .trim()
    .replaceAll(/^["“”']+|["“”']+$/g, "")
    .trim();
}

import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useAct } from "../../bridge/index.ts";
import { Button, Dialog, Icon, RefusalNote, Switch, TextField } from "../../ui/index.ts";
import { isPin, PinField } from "../../ui/pin-dialog.tsx";
import styles from "./dialog-form.module.css";
import { passphraseProblem, PASSPHRASE_MIN_CHARS } from "./passphrase.ts";
import { PrintCardKey } from "./print-card-key.tsx";
import { useSetBackup } from "./use-backup.ts";

/** A new passphrase, typed twice, and the note that goes with it. */
export function PassphraseDialog({ isOpen, onClose }: { isOpen: boolean; onClose: () => void }) {
  const { t } = useTranslation("backup");
  const [code, setCode] = useState<string | null>(null);
  const close = () => {
    setCode(null);
    onClose();
  };
  return (
    <Dialog
      title={t(code === null ? "seal.dialog.title" : "seal.dialog.doneTitle")}
      isOpen={isOpen}
      onClose={close}
    >
      {isOpen && (code === null ? <Form onDone={setCode} /> : <Note code={code} onClose={close} />)}
    </Dialog>
  );
}

const EMPTY = { first: "", again: "", pin: "" };

function Form({ onDone }: { onDone: (code: string) => void }) {
  const { t } = useTranslation(["backup", "settings"]);
  const act = useAct("backup.setPassphrase");
  const setBackup = useSetBackup();
  const [typed, setTyped] = useState(EMPTY);
  const [isShown, setShown] = useState(false);
  const [isTried, setTried] = useState(false);
  const { first, again, pin } = typed;
  const problem = passphraseProblem(first, again);
  const isReady = problem === null && isPin(pin);
  const type = isShown ? "text" : "password";
  return (
    <form
      className={styles["form"]}
      onSubmit={(event) => {
        event.preventDefault();
        setTried(true);
        if (!isReady || act.isPending) return;
        act.mutate(
          { passphrase: first, pin },
          {
            onSuccess: ({ state }) => {
              setBackup(state);
              onDone(state.seal?.code ?? "");
            },
            onError: () => setTyped({ ...typed, pin: "" }),
          },
        );
      }}
    >
      <p>{t("seal.dialog.lead")}</p>
      <TextField
        label={t("seal.dialog.field")}
        hint={t("seal.dialog.hint", { count: PASSPHRASE_MIN_CHARS })}
        error={
          isTried && problem === "short"
            ? t("seal.dialog.short", { count: PASSPHRASE_MIN_CHARS })
            : null
        }
        type={type}
        autoComplete="new-password"
        value={first}
        onChange={(text) => setTyped({ ...typed, first: text })}
        // oxlint-disable-next-line jsx-a11y/no-autofocus -- the first thing asked in its dialog
        autoFocus
      />
      <TextField
        label={t("seal.dialog.again")}
        error={
          problem === "differs" && (isTried || again.length >= first.length)
            ? t("seal.dialog.differs")
            : null
        }
        type={type}
        autoComplete="new-password"
        value={again}
        onChange={(text) => setTyped({ ...typed, again: text })}
      />
      <Switch label={t("seal.dialog.show")} isSelected={isShown} onChange={setShown} />
      <p className={styles["how"]}>{t("seal.dialog.pinLead")}</p>
      <PinField
        value={pin}
        onChange={(next) => setTyped({ ...typed, pin: next })}
        label={t("settings:pin.field")}
      />
      {act.error && <RefusalNote error={act.error} />}
      <Button variant="go" size="big" type="submit" isBusy={act.isPending} isDisabled={!isPin(pin)}>
        {t("seal.dialog.confirm")}
      </Button>
    </form>
  );
}

/** What has to be written down now; the passphrase itself is not shown again by anything. */
function Note({ code, onClose }: { code: string; onClose: () => void }) {
  const { t } = useTranslation("backup");
  return (
    <div className={styles["form"]}>
      <p>{t("seal.dialog.doneLead")}</p>
      <p className={styles["code"]}>
        <Icon name="lock" size={22} />
        <span>{t("seal.dialog.code")}</span>
        <b>{code}</b>
      </p>
      <p className={styles["how"]}>{t("seal.dialog.before")}</p>
      <div className={styles["keys"]}>
        <PrintCardKey />
        <Button variant="go" icon="check" onPress={onClose}>
          {t("seal.dialog.close")}
        </Button>
      </div>
    </div>
  );
}

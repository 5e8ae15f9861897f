import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { CallRefused } from "../../../bridge/index.ts";
import { Button, RefusalNote, Switch, TextField } from "../../../ui/index.ts";
import styles from "./restore.module.css";
import type { Restore } from "./use-restore.ts";

/** The words that open a sealed backup. */
export function PassphraseStep({
  restore,
  error,
}: {
  restore: Restore;
  error: CallRefused | null;
}) {
  const { t } = useTranslation("backup");
  const [passphrase, setPassphrase] = useState("");
  const [isShown, setShown] = useState(false);
  return (
    <form
      className={styles["narrow"]}
      onSubmit={(event) => {
        event.preventDefault();
        if (passphrase.trim() !== "") restore.unseal(passphrase);
      }}
    >
      <p>{t("restore.passphraseLead")}</p>
      <TextField
        label={t("restore.passphrase")}
        type={isShown ? "text" : "password"}
        autoComplete="off"
        value={passphrase}
        onChange={setPassphrase}
        // oxlint-disable-next-line jsx-a11y/no-autofocus -- the only thing asked in this step
        autoFocus
      />
      <Switch label={t("seal.dialog.show")} isSelected={isShown} onChange={setShown} />
      {error && <RefusalNote error={error} />}
      <div className={styles["keys"]}>
        <Button variant="quiet" icon="left" onPress={restore.back}>
          {t("restore.back")}
        </Button>
        <Button variant="go" size="big" type="submit" isDisabled={passphrase.trim() === ""}>
          {t("restore.passphraseOpen")}
        </Button>
      </div>
    </form>
  );
}

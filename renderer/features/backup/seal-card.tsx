import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { BackupState } from "../../../main/contract/backup.ts";
import { useAct } from "../../bridge/index.ts";
import { Button, cx, Icon, toast, useFormat } from "../../ui/index.ts";
import { PinDialog } from "../../ui/pin-dialog.tsx";
import styles from "./backup-section.module.css";
import { PassphraseDialog } from "./passphrase-dialog.tsx";
import { PrintCardKey } from "./print-card-key.tsx";
import { useSetBackup } from "./use-backup.ts";

/** Whether copies that leave this PC are sealed, and the passphrase for it. */
export function SealCard({ state }: { state: BackupState }) {
  const { t } = useTranslation("backup");
  const format = useFormat();
  const [isOpen, setOpen] = useState(false);
  const { seal } = state;
  return (
    <section className={styles["card"]} aria-labelledby="backup-seal">
      <h3 id="backup-seal" className={styles["cardTitle"]}>
        {t("seal.title")}
      </h3>
      <p className={cx(styles["fact"], seal && styles["good"])}>
        <Icon name={seal ? "lock" : "hand"} size={20} />
        {t(seal ? "seal.on" : "seal.off")}
      </p>
      <p className={styles["lead"]}>
        {seal
          ? t("seal.onMore", { code: seal.code, date: format.date(seal.sinceMs) })
          : t("seal.offMore")}
      </p>
      <div className={styles["actions"]}>
        <Button icon="lock" onPress={() => setOpen(true)}>
          {t(seal ? "seal.change" : "seal.set")}
        </Button>
        {seal && <PrintCardKey />}
        {seal && <StopKey />}
      </div>
      <PassphraseDialog isOpen={isOpen} onClose={() => setOpen(false)} />
    </section>
  );
}

function StopKey() {
  const { t } = useTranslation("backup");
  const act = useAct("backup.setPassphrase");
  const setBackup = useSetBackup();
  const [isAsking, setAsking] = useState(false);
  const close = () => {
    setAsking(false);
    act.reset();
  };
  return (
    <>
      <Button variant="quiet" size="small" icon="close" onPress={() => setAsking(true)}>
        {t("seal.stop")}
      </Button>
      <PinDialog
        isOpen={isAsking}
        lead={t("seal.offDialog.lead")}
        confirm={t("seal.offDialog.confirm")}
        isBusy={act.isPending}
        error={act.error}
        onPin={(pin) =>
          act.mutate(
            { passphrase: null, pin },
            {
              onSuccess: ({ state }) => {
                setBackup(state);
                toast("wait", t("seal.offDialog.done"));
                close();
              },
            },
          )
        }
        onClose={close}
      />
    </>
  );
}

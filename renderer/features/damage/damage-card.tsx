import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useAct, useStatus } from "../../bridge/index.ts";
import { Button, Icon, toast, useFormat } from "../../ui/index.ts";
import { PinDialog } from "../../ui/pin-dialog.tsx";
import type { Damage } from "./damage-facts.ts";
import styles from "./damage.module.css";
import { FactList } from "./fact-list.tsx";
import { RecoveryDialog } from "./recovery-dialog.tsx";

/** Damaged books on the owner's page: what is known, and the way back. */
export function DamageCard() {
  const { damage } = useStatus();
  return damage === null || damage.isSettled ? null : <Card damage={damage} />;
}

function Card({ damage }: { damage: Damage }) {
  const { t } = useTranslation("damage");
  const [isRecovering, setRecovering] = useState(false);
  const [isSettling, setSettling] = useState(false);
  const isOpen = damage.recovered === null;
  return (
    <section className={styles["card"]} aria-labelledby="damage-title">
      <header className={styles["head"]}>
        <Icon name="alert" size={24} />
        <h3 id="damage-title">{t(isOpen ? "card.title" : "card.titleLeft")}</h3>
      </header>
      {damage.recovered === null ? (
        <>
          <p>{t("card.lead", { folder: damage.folder })}</p>
          <FactList damage={damage} />
        </>
      ) : (
        <Recovered recovered={damage.recovered} folder={damage.folder} />
      )}
      <div className={styles["keys"]}>
        <Button variant="quiet" onPress={() => setSettling(true)}>
          {t(isOpen ? "card.leave" : "card.settle")}
        </Button>
        {isOpen && (
          <Button variant="go" icon="search" onPress={() => setRecovering(true)}>
            {t("card.look")}
          </Button>
        )}
      </div>
      <RecoveryDialog isOpen={isRecovering} onClose={() => setRecovering(false)} />
      <SettleDialog isOpen={isSettling} onClose={() => setSettling(false)} isLeft={isOpen} />
    </section>
  );
}

function Recovered({
  recovered,
  folder,
}: {
  recovered: NonNullable<Damage["recovered"]>;
  folder: string;
}) {
  const { t } = useTranslation("damage");
  const format = useFormat();
  const { atMs, sales, lost, doubtful } = recovered;
  return (
    <>
      <p>{t("card.recovered", { time: format.dateTime(atMs), count: sales })}</p>
      <p>{t("card.left", { lost, doubtful, folder })}</p>
    </>
  );
}

function SettleDialog({
  isOpen,
  isLeft,
  onClose,
}: {
  isOpen: boolean;
  /** Nothing was put back: the owner leaves it at that. */
  isLeft: boolean;
  onClose: () => void;
}) {
  const { t } = useTranslation("damage");
  const act = useAct("damage.settle");
  return (
    <PinDialog
      isOpen={isOpen}
      lead={t(isLeft ? "settle.leave" : "settle.done")}
      confirm={t("settle.confirm")}
      isBusy={act.isPending}
      error={act.error}
      onPin={(pin) =>
        act.mutate(
          { pin },
          {
            onSuccess: () => {
              onClose();
              toast("plain", t("settle.toast"));
            },
          },
        )
      }
      onClose={onClose}
    />
  );
}

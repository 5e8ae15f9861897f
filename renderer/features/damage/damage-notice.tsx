import { useTranslation } from "react-i18next";
import { useAct, useStatus } from "../../bridge/index.ts";
import { Button, Dialog, Icon, RefusalNote } from "../../ui/index.ts";
import type { Damage } from "./damage-facts.ts";
import styles from "./damage.module.css";
import { FactList } from "./fact-list.tsx";

/** Told once, in full and calmly, to whoever is at the till: what happened, what to do, what is safe. */
export function DamageNotice() {
  const { damage } = useStatus();
  const isDue = damage !== null && damage.seenBy === null && !damage.isSettled;
  return isDue ? <Notice damage={damage} /> : null;
}

function Notice({ damage }: { damage: Damage }) {
  const { t } = useTranslation("damage");
  const act = useAct("damage.seen");
  const seen = () => {
    if (!act.isPending) act.mutate({ folder: damage.folder });
  };
  return (
    <Dialog
      title={t("notice.title")}
      role="alertdialog"
      isOpen
      onClose={seen}
      footer={
        <Button variant="go" size="big" icon="check" isBusy={act.isPending} onPress={seen}>
          {t("notice.goOn")}
        </Button>
      }
    >
      <div className={styles["notice"]}>
        <ol className={styles["steps"]}>
          <li>
            <Icon name="lock" size={26} />
            <span>
              <b>{t("notice.kept")}</b>
              {t("notice.keptMore")}
            </span>
          </li>
          <li>
            <Icon name="sell" size={26} />
            <span>
              <b>{t("notice.sell")}</b>
              {t(damage.whileSelling ? "notice.sellMoreNow" : "notice.sellMore")}
            </span>
          </li>
          <li>
            <Icon name="user" size={26} />
            <span>
              <b>{t("notice.owner")}</b>
              {t("notice.ownerMore")}
            </span>
          </li>
        </ol>
        <FactList damage={damage} />
        {act.error && <RefusalNote error={act.error} />}
      </div>
    </Dialog>
  );
}

import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { BackupState } from "../../../main/contract/backup.ts";
import { useAct } from "../../bridge/index.ts";
import { Button, Icon, toast, useFormat } from "../../ui/index.ts";
import { PinDialog } from "../../ui/pin-dialog.tsx";
import { useNow } from "../frame/use-now.ts";
import { useAge } from "./use-age.ts";
import { LastFailure } from "./last-failure.tsx";
import { PlaceCard, PlaceFacts } from "./place-card.tsx";
import styles from "./place-card.module.css";
import { SecondPlaceDialog } from "./second-place-dialog.tsx";
import { useSetBackup } from "./use-backup.ts";

/** Away from this PC: what helps when it breaks or is stolen. */
export function SecondPlace({ state }: { state: BackupState }) {
  const { t } = useTranslation("backup");
  const [isChoosing, setChoosing] = useState(false);
  const { second } = state;
  return (
    <>
      {second === null ? (
        <PlaceCard
          title={t("place.second")}
          lead={t("place.secondMore")}
          lamp="off"
          word={t("place.none")}
        >
          <div className={styles["actions"]}>
            <Button icon="plus" onPress={() => setChoosing(true)}>
              {t("place.choose")}
            </Button>
          </div>
        </PlaceCard>
      ) : (
        <Chosen state={state} second={second} onChange={() => setChoosing(true)} />
      )}
      <SecondPlaceDialog
        isOpen={isChoosing}
        folder={second?.folder ?? ""}
        onClose={() => setChoosing(false)}
      />
    </>
  );
}

function Chosen({
  state,
  second,
  onChange,
}: {
  state: BackupState;
  second: NonNullable<BackupState["second"]>;
  onChange: () => void;
}) {
  const { t } = useTranslation("backup");
  const format = useFormat();
  const age = useAge();
  const nowMs = useNow();
  const { isReachable, reachedAtMs, failure, isSameDisk, folder, newestAtMs } = second;
  const there = state.copies.filter(({ place }) => place === "second");
  const isFault = failure !== null && failure.problem !== "placeAbsent";
  const word = isReachable
    ? t("place.reachable")
    : t("place.awaySince", { age: age(nowMs - reachedAtMs) });
  return (
    <PlaceCard
      title={t("place.second")}
      lead={t(state.seal ? "place.allSealed" : "place.notSealed")}
      lamp={isFault ? "bad" : isReachable ? "good" : "wait"}
      word={word}
    >
      <PlaceFacts
        folder={folder}
        copies={there}
        {...(isReachable ? {} : { unseenNewestAtMs: newestAtMs })}
      />
      {isSameDisk && (
        <p className={styles["note"]}>
          <Icon name="alert" size={20} />
          {t("place.sameDisk")}
        </p>
      )}
      {failure && (
        <LastFailure at={format.dateTime(failure.atMs)} why={t(`problem.${failure.problem}`)} />
      )}
      <div className={styles["actions"]}>
        <Button icon="pencil" onPress={onChange}>
          {t("place.change")}
        </Button>
        <RemoveKey />
      </div>
    </PlaceCard>
  );
}

function RemoveKey() {
  const { t } = useTranslation("backup");
  const [isAsking, setAsking] = useState(false);
  const act = useAct("backup.setPlace");
  const setBackup = useSetBackup();
  const close = () => {
    setAsking(false);
    act.reset();
  };
  return (
    <>
      <Button variant="quiet" size="small" icon="close" onPress={() => setAsking(true)}>
        {t("place.remove")}
      </Button>
      <PinDialog
        isOpen={isAsking}
        lead={t("secondDialog.removeLead")}
        confirm={t("place.remove")}
        isBusy={act.isPending}
        error={act.error}
        onPin={(pin) =>
          act.mutate(
            { folder: null, pin },
            {
              onSuccess: ({ state }) => {
                setBackup(state);
                toast("go", t("secondDialog.removed"));
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

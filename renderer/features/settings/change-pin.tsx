import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useAct } from "../../bridge/index.ts";
import { Button, RefusalNote, toast } from "../../ui/index.ts";
import { isPin, PinField } from "../../ui/pin-dialog.tsx";
import styles from "./settings.module.css";

const EMPTY = { now: "", next: "", again: "" };

/** A new manager's PIN, typed twice because it is never shown. */
export function ChangePin() {
  const { t } = useTranslation("settings");
  const act = useAct("settings.changePin");
  const [pins, setPins] = useState(EMPTY);
  const differs =
    pins.again !== "" && pins.again !== pins.next && pins.again.length >= pins.next.length;
  const isReady = isPin(pins.now) && isPin(pins.next) && pins.again === pins.next;
  return (
    <section className={styles["card"]} aria-labelledby="people-pin">
      <h3 id="people-pin" className={styles["cardTitle"]}>
        {t("people.pinTitle")}
      </h3>
      <p className={styles["lead"]}>{t("people.pinLead")}</p>
      <form
        className={styles["pins"]}
        onSubmit={(event) => {
          event.preventDefault();
          if (!isReady || act.isPending) return;
          act.mutate(
            { pin: pins.now, newPin: pins.next },
            {
              onSuccess: () => {
                setPins(EMPTY);
                toast("go", t("people.pinChanged"));
              },
            },
          );
        }}
      >
        <PinField
          label={t("people.pinNow")}
          value={pins.now}
          onChange={(now) => setPins({ ...pins, now })}
        />
        <PinField
          label={t("people.pinNew")}
          value={pins.next}
          onChange={(next) => setPins({ ...pins, next })}
        />
        <PinField
          label={t("people.pinAgain")}
          value={pins.again}
          onChange={(again) => setPins({ ...pins, again })}
          error={differs ? t("people.pinProblem.differs") : null}
        />
        <Button type="submit" icon="lock" isBusy={act.isPending} isDisabled={!isReady}>
          {t("people.pinAction")}
        </Button>
      </form>
      {act.error && <RefusalNote error={act.error} />}
    </section>
  );
}

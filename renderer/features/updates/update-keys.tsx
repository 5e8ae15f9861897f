import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { UpdateState } from "../../../main/contract/updates.ts";
import { useAct } from "../../bridge/index.ts";
import { Button, RefusalNote, toast } from "../../ui/index.ts";
import { PinDialog } from "../../ui/pin-dialog.tsx";
import styles from "./updates-section.module.css";
import { useSetUpdates } from "./use-updates.ts";

type Wish = "install" | "week" | "resume";

/** Now, not today, not this week: what people decide about a version that is ready. */
export function UpdateKeys({ state }: { state: UpdateState }) {
  const { t } = useTranslation("updates");
  const [wish, setWish] = useState<Wish | null>(null);
  const setUpdates = useSetUpdates();
  const postpone = useAct("updates.postpone");
  const install = useAct("updates.install");
  const isReady = state.phase === "waiting" || state.phase === "counting";
  if (!isReady) return null;
  const isPostponed = state.waitsFor === "postponed";
  const putOff = (until: "dayEnd" | "week" | null, pin: string | null) =>
    postpone.mutate(
      { until, pin },
      {
        onSuccess: (answer) => {
          setUpdates(answer.state);
          setWish(null);
          toast("go", t(until === null ? "done.resumed" : "done.put"));
        },
      },
    );
  const agree = (pin: string) => {
    if (wish === "install")
      install.mutate(
        { pin },
        {
          onSuccess: (answer) => {
            setUpdates(answer.state);
            setWish(null);
          },
        },
      );
    else putOff(wish === "week" ? "week" : null, pin);
  };
  const ask = (next: Wish) => {
    postpone.reset();
    install.reset();
    setWish(next);
  };
  return (
    <div className={styles["keys"]}>
      <Button variant="go" icon="check" onPress={() => ask("install")}>
        {t("key.install")}
      </Button>
      {isPostponed ? (
        <Button icon="refresh" onPress={() => ask("resume")}>
          {t("key.resume")}
        </Button>
      ) : (
        <>
          <Button icon="clock" isBusy={postpone.isPending} onPress={() => putOff("dayEnd", null)}>
            {t("key.today")}
          </Button>
          <Button icon="calendar" onPress={() => ask("week")}>
            {t("key.week")}
          </Button>
        </>
      )}
      {wish === null && postpone.error && <RefusalNote error={postpone.error} />}
      <PinDialog
        isOpen={wish !== null}
        lead={t(`pin.${wish ?? "install"}`)}
        confirm={t("pin.confirm")}
        isBusy={install.isPending || postpone.isPending}
        error={wish === "install" ? install.error : postpone.error}
        onPin={agree}
        onClose={() => setWish(null)}
      />
    </div>
  );
}

import { useState } from "react";
import { useTranslation } from "react-i18next";
import { bridge, useSettings } from "../../bridge/index.ts";
import { Button, Switch } from "../../ui/index.ts";
import { LeaveDialog } from "../program/leave-dialog.tsx";
import { SaveBar } from "./save-bar.tsx";
import styles from "./settings.module.css";
import { useOwnerDraft, type OwnerDraft } from "./use-owner-draft.ts";

/** How this computer is used: the customers' screen, and who may close the till. */
export function DeviceSection() {
  const { t } = useTranslation("settings");
  const draft = useOwnerDraft();
  return (
    <>
      <div className={styles["form"]}>
        <p className={styles["lead"]}>{t("device.lead")}</p>
        <CustomerDisplay draft={draft} />
        <Kiosk draft={draft} />
      </div>
      <SaveBar draft={draft} />
    </>
  );
}

function CustomerDisplay({ draft }: { draft: OwnerDraft }) {
  const { t } = useTranslation("settings");
  const { customerDisplay } = useSettings();
  const isBrowser = bridge().shell === "browser";
  return (
    <section className={styles["card"]} aria-labelledby="device-customer">
      <h3 id="device-customer" className={styles["cardTitle"]}>
        {t("device.customerTitle")}
      </h3>
      <Switch
        label={t("device.customer")}
        detail={t("device.customerNote")}
        isSelected={draft.value.customerDisplay}
        onChange={(isOn) => draft.change({ customerDisplay: isOn })}
      />
      <p className={styles["lead"]}>
        {t(isBrowser ? "device.customerOpenNote" : "device.customerAuto")}
      </p>
      {isBrowser && (
        <div>
          <Button icon="sheet" isDisabled={!customerDisplay} onPress={openCustomerWindow}>
            {t("device.customerOpen")}
          </Button>
        </div>
      )}
    </section>
  );
}

/** Always the same window: pressing again brings it to the front. */
function openCustomerWindow(): void {
  window.open("/customer.html", "slipsure-customer", "popup,width=1024,height=640")?.focus();
}

function Kiosk({ draft }: { draft: OwnerDraft }) {
  const { t } = useTranslation("settings");
  const { kiosk } = useSettings();
  const [isLeaving, setLeaving] = useState(false);
  const isInstalled = bridge().shell === "electron";
  return (
    <section className={styles["card"]} aria-labelledby="device-kiosk">
      <h3 id="device-kiosk" className={styles["cardTitle"]}>
        {t("device.kioskTitle")}
      </h3>
      <Switch
        label={t("device.kiosk")}
        detail={t("device.kioskNote")}
        isSelected={draft.value.kiosk}
        isDisabled={!isInstalled}
        onChange={(isOn) => draft.change({ kiosk: isOn })}
      />
      <p className={styles["lead"]}>
        {t(isInstalled ? "device.kioskLimit" : "device.kioskElsewhere")}
      </p>
      {isInstalled && kiosk && (
        <div>
          <Button icon="lock" onPress={() => setLeaving(true)}>
            {t("device.close")}
          </Button>
          <LeaveDialog isOpen={isLeaving} onClose={() => setLeaving(false)} />
        </div>
      )}
    </section>
  );
}

import { useState } from "react";
import { useTranslation } from "react-i18next";
import { bridge, call, CallRefused, useCall, useSettings } from "../../bridge/index.ts";
import { Button, RefusalNote, Select, Switch } from "../../ui/index.ts";
import { saveFile } from "../day-end/save-file.ts";
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
        <Start draft={draft} />
        <Support />
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
      {isBrowser ? (
        <p className={styles["lead"]}>{t("device.customerOpenNote")}</p>
      ) : (
        <WhichScreen draft={draft} />
      )}
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

/** The first screen that is not the till's, whatever it is called; no name of a screen is empty. */
const FIRST_SCREEN = "";

function WhichScreen({ draft }: { draft: OwnerDraft }) {
  const { t } = useTranslation("settings");
  const device = useCall("device.get", {}).data;
  const { customerDisplay, customerScreen } = draft.value;
  if (device?.placesWindows === false)
    return <p className={styles["lead"]}>{t("device.customerWayland")}</p>;
  const screens = device?.screens ?? [];
  // One that was chosen and is unplugged stays what was chosen.
  const isGone = customerScreen !== null && !screens.includes(customerScreen);
  const names = isGone ? [...screens, customerScreen] : screens;
  return (
    <>
      <p className={styles["lead"]}>{t("device.customerAuto")}</p>
      {customerDisplay && names.length > 1 && (
        <Select
          label={t("device.customerScreen")}
          options={[
            { value: FIRST_SCREEN, label: t("device.customerScreenFirst") },
            ...names.map((name) => ({
              value: name,
              label: screens.includes(name) ? name : t("device.customerScreenGone", { name }),
            })),
          ]}
          value={customerScreen ?? FIRST_SCREEN}
          onChange={(name) => draft.change({ customerScreen: name === FIRST_SCREEN ? null : name })}
        />
      )}
    </>
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

function Start({ draft }: { draft: OwnerDraft }) {
  const { t } = useTranslation("settings");
  const canStart = useCall("device.get", {}).data?.canStartWithSystem ?? false;
  return (
    <section className={styles["card"]} aria-labelledby="device-start">
      <h3 id="device-start" className={styles["cardTitle"]}>
        {t("device.startTitle")}
      </h3>
      <Switch
        label={t("device.start")}
        detail={t("device.startNote")}
        isSelected={draft.value.startWithSystem}
        isDisabled={!canStart}
        onChange={(isOn) => draft.change({ startWithSystem: isOn })}
      />
      <p className={styles["lead"]}>
        {t(bridge().shell === "electron" ? "device.keys" : "device.startElsewhere")}
      </p>
    </section>
  );
}

/** A file for whoever helps. It is made on this PC and stays there until a person sends it. */
function Support() {
  const { t } = useTranslation("settings");
  const [error, setError] = useState<CallRefused | null>(null);
  const save = async () => {
    setError(null);
    try {
      const { fileName, text } = await call("device.support", {});
      saveFile(fileName, text, "text/plain;charset=utf-8");
    } catch (problem) {
      if (!(problem instanceof CallRefused)) throw problem;
      setError(problem);
    }
  };
  return (
    <section className={styles["card"]} aria-labelledby="device-support">
      <h3 id="device-support" className={styles["cardTitle"]}>
        {t("device.supportTitle")}
      </h3>
      <p className={styles["lead"]}>{t("device.supportNote")}</p>
      <div>
        <Button icon="download" onPress={() => void save()}>
          {t("device.support")}
        </Button>
      </div>
      {error && <RefusalNote error={error} />}
    </section>
  );
}

import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Button, Icon } from "../../ui/index.ts";
import { PinDialog } from "../../ui/pin-dialog.tsx";
import styles from "./settings.module.css";
import type { OwnerDraft } from "./use-owner-draft.ts";

/** Always in the same place: says whether anything is unsaved, and saves it under the manager's PIN. */
export function SaveBar({
  draft,
  isChanged = draft.isChanged,
  onBeforeSave,
  onDiscard,
}: {
  draft: OwnerDraft;
  isChanged?: boolean;
  /** Returns false when the form has to be put right first. */
  onBeforeSave?: () => boolean;
  onDiscard?: () => void;
}) {
  const { t } = useTranslation("settings");
  const [asksPin, setAsksPin] = useState(false);
  const close = () => {
    setAsksPin(false);
    draft.forgetError();
  };
  return (
    <div className={styles["saveBar"]}>
      <p className={styles["saveNote"]} role="status">
        <Icon name={isChanged ? "pencil" : "lock"} size={18} />
        {t(isChanged ? "save.unsaved" : "save.needsPin")}
      </p>
      <Button
        isDisabled={!isChanged}
        onPress={() => {
          draft.discard();
          onDiscard?.();
        }}
      >
        {t("save.discard")}
      </Button>
      <Button
        variant="go"
        isDisabled={!isChanged}
        onPress={() => {
          if (onBeforeSave?.() ?? true) setAsksPin(true);
          else document.querySelector<HTMLElement>("main [aria-invalid=true]")?.focus();
        }}
      >
        {t("save.action")}
      </Button>
      <PinDialog
        isOpen={asksPin}
        lead={t("pin.lead")}
        confirm={t("save.action")}
        isBusy={draft.isSaving}
        error={draft.error}
        onPin={(pin) => draft.save(pin, close)}
        onClose={close}
      />
    </div>
  );
}

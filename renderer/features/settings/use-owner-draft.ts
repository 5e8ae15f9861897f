import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useAct, useSetSettings, useSettings, type CallRefused } from "../../bridge/index.ts";
import { toast } from "../../ui/index.ts";
import { patchOf, type OwnerSettings } from "./settings-draft.ts";

export interface OwnerDraft {
  /** Saved settings with the changes of this section laid over them. */
  value: OwnerSettings;
  change: (patch: Partial<OwnerSettings>) => void;
  isChanged: boolean;
  discard: () => void;
  isSaving: boolean;
  error: CallRefused | null;
  /** Saves under the manager's PIN; `onSaved` is called when it was accepted. */
  save: (pin: string, onSaved: () => void) => void;
  forgetError: () => void;
}

/** Changes of one settings section until they are saved. */
export function useOwnerDraft(): OwnerDraft {
  const { t } = useTranslation("settings");
  const saved = useSettings();
  const setSettings = useSetSettings();
  const act = useAct("settings.change");
  const [draft, setDraft] = useState<Partial<OwnerSettings>>({});
  const patch = patchOf(saved, draft);
  return {
    value: { ...saved, ...draft },
    change: (more) => setDraft((before) => ({ ...before, ...more })),
    isChanged: Object.keys(patch).length > 0,
    discard: () => setDraft({}),
    isSaving: act.isPending,
    error: act.error,
    save: (pin, onSaved) =>
      act.mutate(
        { patch, pin },
        {
          onSuccess: (settings) => {
            setSettings(settings);
            setDraft({});
            toast("go", t("save.saved"));
            onSaved();
          },
        },
      ),
    forgetError: act.reset,
  };
}

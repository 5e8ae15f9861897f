import { useEffect } from "react";
import { useTranslation } from "react-i18next";
import { toast } from "../../../ui/index.ts";
import { restoredNote } from "./restored-note.ts";

/** Taken when the page is loaded: a restore that ends later belongs to the page that follows. */
let restored = restoredNote.take();

/** Says after the reload what was restored. */
export function useRestoredToast(): void {
  const { t } = useTranslation("backup");
  useEffect(() => {
    if (!restored) return;
    const { sales, carried, setAside } = restored;
    restored = null;
    const details = [
      ...(carried > 0 ? [t("restore.doneCarried", { count: carried })] : []),
      ...(setAside === null ? [] : [t("restore.doneAside", { folder: setAside })]),
    ];
    toast(
      "go",
      t("restore.done", { count: sales }),
      details.length === 0 ? {} : { detail: details.join(" · ") },
    );
  }, [t]);
}

import { useEffect } from "react";
import { useTranslation } from "react-i18next";
import { toast } from "../../ui/index.ts";
import { recoveredNote } from "./recovered-note.ts";

/** Taken when the page is loaded: what ends later belongs to the page that follows. */
let recovered = recoveredNote.take();

/** Says after the reload what was put back. */
export function useRecoveredToast(): void {
  const { t } = useTranslation("damage");
  useEffect(() => {
    if (!recovered) return;
    const { sales, lost, doubtfulCount } = recovered;
    recovered = null;
    const isAll = lost === 0 && doubtfulCount === 0;
    toast(isAll ? "go" : "wait", t("done.toast", { count: sales }), {
      detail: t(isAll ? "done.all" : "done.left", { lost, doubtful: doubtfulCount }),
    });
  }, [t]);
}

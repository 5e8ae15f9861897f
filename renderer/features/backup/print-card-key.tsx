import { useTranslation } from "react-i18next";
import { newRequestId, useAct } from "../../bridge/index.ts";
import { Button, toast } from "../../ui/index.ts";

/** A card for the safe from the receipt printer; the passphrase is written on it by hand. */
export function PrintCardKey() {
  const { t } = useTranslation("backup");
  const act = useAct("backup.printNote");
  return (
    <Button
      icon="printer"
      isBusy={act.isPending}
      onPress={() =>
        act.mutate(
          { requestId: newRequestId() },
          { onSuccess: () => toast("plain", t("seal.printed")) },
        )
      }
    >
      {t("seal.print")}
    </Button>
  );
}

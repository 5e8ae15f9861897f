import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "../../ui/index.ts";
import { RestoreDialog } from "./restore/restore-dialog.tsx";

/** At first start: the shop is there already, in a backup. */
export function HaveBackup() {
  const { t } = useTranslation("backup");
  const [isOpen, setOpen] = useState(false);
  return (
    // The forms of the dialog stand, for React, inside the form around this key, which must not hear of them.
    <div onSubmit={(event) => event.stopPropagation()}>
      <Button variant="quiet" icon="upload" onPress={() => setOpen(true)}>
        {t("restore.have")}
      </Button>
      <RestoreDialog isOpen={isOpen} path={null} onClose={() => setOpen(false)} />
    </div>
  );
}

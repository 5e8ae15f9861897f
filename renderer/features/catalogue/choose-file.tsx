import { useState } from "react";
import { DropZone } from "react-aria-components/DropZone";
import { FileTrigger } from "react-aria-components/FileTrigger";
import { useTranslation } from "react-i18next";
import { Button, Icon } from "../../ui/index.ts";
import { PinDialog } from "../../ui/pin-dialog.tsx";
import styles from "./catalogue.module.css";
import type { ImportWizard } from "./use-import.ts";

const FILE_TYPES = [".csv", ".txt", ".tsv", "text/csv", "text/plain"];

/** A product list comes by drag and drop, by the system's file dialog, or is the sample. */
export function ChooseFile({ wizard }: { wizard: ImportWizard }) {
  const { t } = useTranslation("catalogue");
  const [asksPin, setAsksPin] = useState(false);
  const close = () => {
    setAsksPin(false);
    wizard.forgetError();
  };
  return (
    <>
      <DropZone
        className={styles["drop"]}
        aria-label={t("drop.title")}
        onDrop={(event) => {
          const item = event.items.find((candidate) => candidate.kind === "file");
          if (item) void item.getFile().then(wizard.chooseFile);
        }}
      >
        {({ isDropTarget }) => (
          <>
            <Icon name="upload" size={40} />
            <p className={styles["dropTitle"]}>{t(isDropTarget ? "drop.now" : "drop.title")}</p>
            <div className={styles["dropKeys"]}>
              <FileTrigger
                acceptedFileTypes={FILE_TYPES}
                onSelect={(files) => {
                  const file = files?.[0];
                  if (file) wizard.chooseFile(file);
                }}
              >
                <Button variant="go" icon="file">
                  {t("drop.choose")}
                </Button>
              </FileTrigger>
              <Button icon="gift" onPress={() => setAsksPin(true)}>
                {t("drop.sample")}
              </Button>
            </div>
            <p className={styles["hint"]}>{t("drop.formats")}</p>
          </>
        )}
      </DropZone>
      <PinDialog
        isOpen={asksPin}
        lead={`${t("import.pinLead")} ${t("import.sampleLead")}`}
        confirm={t("drop.sample")}
        isBusy={wizard.isImporting}
        error={wizard.importError}
        onPin={(pin) => wizard.runSample(pin, close)}
        onClose={close}
      />
    </>
  );
}

import { useTranslation } from "react-i18next";
import { Dialog } from "../../../ui/index.ts";
import { ChooseBackup } from "./choose-backup.tsx";
import { PassphraseStep } from "./passphrase-step.tsx";
import { PreviewStep } from "./preview-step.tsx";
import { ReadingStep } from "./reading-step.tsx";
import { useRestore, type Restore } from "./use-restore.ts";

/** From a backup file to the books it holds: choose, look, agree. Nothing changes before the last key. */
export function RestoreDialog({
  isOpen,
  path,
  onClose,
}: {
  isOpen: boolean;
  /** The backup to look at; null: one has to be chosen. */
  path: string | null;
  onClose: () => void;
}) {
  const { t } = useTranslation("backup");
  return (
    <Dialog title={t("restore.title")} size="wide" isOpen={isOpen} onClose={onClose}>
      {isOpen && <Steps path={path} />}
    </Dialog>
  );
}

function Steps({ path }: { path: string | null }) {
  const restore = useRestore(path);
  return <Step restore={restore} />;
}

function Step({ restore }: { restore: Restore }) {
  const { step } = restore;
  switch (step.name) {
    case "choose":
      return <ChooseBackup restore={restore} />;
    case "reading":
      return <ReadingStep isRestoring={false} />;
    case "passphrase":
      return <PassphraseStep restore={restore} error={step.error} />;
    case "preview":
      return <PreviewStep restore={restore} {...step} />;
  }
}

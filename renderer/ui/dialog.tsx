import type { ReactNode } from "react";
import { Dialog as AriaDialog } from "react-aria-components/Dialog";
import { Heading } from "react-aria-components/Heading";
import { Modal, ModalOverlay } from "react-aria-components/Modal";
import { useTranslation } from "react-i18next";
import { Button } from "./button.tsx";
import { cx } from "./cx.ts";
import styles from "./dialog.module.css";
import { useModalMark } from "./modal-stack.ts";

/**
 * A sheet above everything. It never has a default button: Enter acts only where the focus is, and
 * scans are kept until it is closed.
 */
export function Dialog({
  title,
  isOpen,
  onClose,
  children,
  footer,
  size = "normal",
  role = "dialog",
}: {
  title: string;
  isOpen: boolean;
  onClose: () => void;
  children: ReactNode;
  /** Buttons, the main one last. */
  footer?: ReactNode;
  size?: "normal" | "wide" | "small";
  role?: "dialog" | "alertdialog";
}) {
  const { t } = useTranslation("common");
  useModalMark(isOpen);
  return (
    <ModalOverlay
      className={styles["scrim"]}
      isOpen={isOpen}
      onOpenChange={(next) => {
        if (!next) onClose();
      }}
      isDismissable={role === "dialog"}
    >
      <Modal className={cx(styles["modal"], styles[size])}>
        <AriaDialog className={styles["dialog"]} role={role}>
          <header className={styles["header"]}>
            <Heading slot="title" className={styles["title"]}>
              {title}
            </Heading>
            <Button variant="quiet" icon="close" aria-label={t("close")} onPress={onClose} />
          </header>
          <div className={styles["content"]}>{children}</div>
          {footer !== undefined && <footer className={styles["footer"]}>{footer}</footer>}
        </AriaDialog>
      </Modal>
    </ModalOverlay>
  );
}

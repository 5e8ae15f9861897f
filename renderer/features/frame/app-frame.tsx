import type { ReactNode } from "react";
import { Toasts } from "../../ui/index.ts";
import { BackupLine } from "../backup/backup-line.tsx";
import { BooksLine } from "../books/books-line.tsx";
import { BacklogSheet } from "../backlog/backlog-sheet.tsx";
import { DamageLine } from "../damage/damage-line.tsx";
import { DamageNotice } from "../damage/damage-notice.tsx";
import { useRecoveredToast } from "../damage/use-recovered-toast.ts";
import { UpdateLine } from "../updates/update-line.tsx";
import { WarningCounter } from "../opening-check/warning-counter.tsx";
import { useReminder } from "../reminder/reminder-context.ts";
import { PrintLastKey } from "../sell/print-last-key.tsx";
import { ReminderSheet } from "../reminder/reminder-sheet.tsx";
import { CashierDialog } from "./cashier-dialog.tsx";
import { ConnectionBar } from "./connection-bar.tsx";
import { DiskLine } from "./disk-line.tsx";
import { NavBar } from "./nav-bar.tsx";
import { ProgramLine } from "../program/program-line.tsx";
import { Notices } from "./notices.tsx";
import { Rail } from "./rail.tsx";
import { Tray } from "./tray.tsx";
import { CashierButton } from "./cashier-button.tsx";
import { Clock } from "./clock.tsx";
import { PrinterBar } from "./printer-bar.tsx";
import styles from "./app-frame.module.css";

/** The rail above, navigation and status below, the page between them. */
export function AppFrame({ children }: { children: ReactNode }) {
  const { sheet } = useReminder();
  useRecoveredToast();
  return (
    <div className={styles["frame"]}>
      <header className={styles["top"]}>
        <Rail />
        <Tray />
        <CashierButton />
        <Clock />
      </header>
      <div className={styles["page"]}>
        {/* The rail, the navigation and the settings stay in reach: the printer may need them. */}
        <div className={styles["content"]} inert={sheet !== null}>
          {children}
        </div>
        {sheet?.kind === "receipt" && <ReminderSheet key={sheet.saleId} saleId={sheet.saleId} />}
        {sheet?.kind === "backlog" && <BacklogSheet />}
      </div>
      <BooksLine />
      <DamageLine />
      <DiskLine />
      <BackupLine />
      <ProgramLine />
      <UpdateLine />
      <footer className={styles["bottom"]}>
        <NavBar />
        <PrintLastKey />
        <Notices />
        <WarningCounter />
        <PrinterBar />
      </footer>
      <ConnectionBar />
      <CashierDialog />
      <DamageNotice />
      <Toasts />
    </div>
  );
}

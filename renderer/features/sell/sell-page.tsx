import { useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { useStatus } from "../../bridge/index.ts";
import { useReminder } from "../reminder/reminder-context.ts";
import { ClearDialog } from "./clear-dialog.tsx";
import { EntryField } from "./entry/entry-field.tsx";
import { Shelf } from "./entry/shelf.tsx";
import { KeySheet } from "./keys/key-sheet.tsx";
import { useKeyCommands } from "./keys/use-key-commands.ts";
import { LineBar } from "./line-bar.tsx";
import { DoubtDialog } from "./pay/doubt-dialog.tsx";
import { PayDialog } from "./pay/pay-dialog.tsx";
import { PracticeDrawer } from "./practice-drawer.tsx";
import { useSell } from "./sell-context.ts";
import { SellKeys } from "./sell-keys.tsx";
import styles from "./sell-page.module.css";
import { StripColumn } from "./strip/strip-column.tsx";

/** The counter: paper on the left, everything that changes it on the right. */
export function SellPage() {
  const { t } = useTranslation("sell");
  const sell = useSell();
  const reminder = useReminder();
  const { printer } = useStatus();
  const entry = useRef<HTMLInputElement>(null);
  const [isPracticeOpen, setPracticeOpen] = useState(false);
  const isPractice = printer.config.kind === "practice";

  useKeyCommands({
    isEnabled: reminder.sheet === null && sell.dialog === null,
    focusEntry: () => entry.current?.focus({ preventScroll: true }),
    run: (command) => {
      if (command === "search") entry.current?.focus({ preventScroll: true });
      sell.run(command);
    },
  });

  return (
    <main className={styles["sell"]} aria-label={t("title")}>
      <StripColumn
        {...(isPractice ? { onPractice: () => setPracticeOpen(!isPracticeOpen) } : {})}
      />
      <section className={styles["desk"]} aria-label={t("desk")}>
        <EntryField inputRef={entry} />
        <Shelf />
        <LineBar />
        <SellKeys />
      </section>
      {isPractice && isPracticeOpen && <PracticeDrawer onClose={() => setPracticeOpen(false)} />}
      <PayDialog />
      <DoubtDialog />
      <ClearDialog />
      <KeySheet />
    </main>
  );
}

import { useTranslation } from "react-i18next";
import { RefusalNote, Spinner } from "../../../ui/index.ts";
import { ReachResult } from "../try-out/reach-result.tsx";
import type { Reach } from "../try-out/use-reach.ts";
import styles from "./printer-card.module.css";

/** What came of a test slip; empty until one was printed. */
export function TestOutcome({ reach }: { reach: Reach }) {
  const { t } = useTranslation("settings");
  return (
    <>
      <div role="status" className={styles["outcome"]}>
        {reach.isBusy && (
          <p className={styles["line"]}>
            <Spinner size={18} /> {t("printer.test.running")}
          </p>
        )}
        {reach.answer && !reach.isBusy && (
          <ReachResult answer={reach.answer} isQueue={reach.isQueue} />
        )}
      </div>
      {reach.error && !reach.isBusy && <RefusalNote error={reach.error} />}
    </>
  );
}

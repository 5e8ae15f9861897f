import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useStatus } from "../../bridge/index.ts";
import { Button, Dialog, Icon } from "../../ui/index.ts";
import { PracticePrinterPanel } from "../practice-printer/practice-printer-panel.tsx";
import styles from "./settings.module.css";

const PROOF_TEXT = { A: "proofA", B: "proofB", none: "proofNone" } as const;

/** The printer in use as the till knows it, in icon and words. */
export function PrinterNow() {
  const { t } = useTranslation(["settings", "common"]);
  const { printer } = useStatus();
  const [showsPractice, setShowsPractice] = useState(false);
  const name = printer.kind === "practice" ? t("printer.practice") : (printer.address ?? "");
  return (
    <section className={styles["card"]} aria-labelledby="printer-now">
      <div className={styles["cardHead"]}>
        <h3 id="printer-now" className={styles["cardTitle"]}>
          {t("printer.nowTitle")}
        </h3>
        {printer.kind === "practice" && (
          <Button size="small" icon="printer" onPress={() => setShowsPractice(true)}>
            {t("printer.openPractice")}
          </Button>
        )}
      </div>
      <dl className={styles["facts"]}>
        <div>
          <dt>{t("printer.kind")}</dt>
          <dd>
            {name} · {t("printer.paperWidth", { mm: printer.widthMm })}
          </dd>
        </div>
        <div>
          <dt>{t("printer.state")}</dt>
          <dd>
            {t(`common:printer.${printer.state}`)} · {t(`common:printer.paper.${printer.paper}`)}
          </dd>
        </div>
        <div>
          <dt>{t("printer.proof")}</dt>
          <dd className={styles["proof"]}>
            <Icon name={printer.proof === "none" ? "user" : "checkCircle"} size={18} />
            {t(`printer.${PROOF_TEXT[printer.proof]}`)}
          </dd>
        </div>
      </dl>
      <Dialog
        title={t("printer.practice")}
        size="wide"
        isOpen={showsPractice}
        onClose={() => setShowsPractice(false)}
      >
        <div className={styles["practice"]}>
          <PracticePrinterPanel />
        </div>
      </Dialog>
    </section>
  );
}

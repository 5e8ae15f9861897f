import { useTranslation } from "react-i18next";
import type { PrinterConfig, Qualification } from "../../../../main/contract/printers.ts";
import type { PrinterStatus } from "../../../../main/contract/status.ts";
import { Icon, useFormat, type IconName } from "../../../ui/index.ts";
import { widthOf } from "../try-out/try-out.ts";
import { isQueue } from "./printer-form.ts";
import styles from "./printer-card.module.css";
import { usePrinterWords, WAY_ICON } from "./use-printer-words.ts";

type ProofWord = "A" | "B" | "none" | "queue" | "notKnown";

const PROOF_ICON: Record<ProofWord, IconName> = {
  A: "checkCircle",
  B: "checkCircle",
  none: "user",
  queue: "user",
  notKnown: "question",
};

/** How much a receipt from this printer is worth as proof, as one of a few plain sentences. */
function proofWord({ config, proof, qualification }: PrinterStatus): ProofWord {
  if (isQueue(config)) return "queue";
  if (proof !== "none") return proof;
  return qualification ? "none" : "notKnown";
}

/** Its own paper once it was tried out; until then it must be that of the settings. */
function paperMm({ qualification, widthMm }: PrinterStatus): number {
  return qualification ? widthOf(qualification.columns) : widthMm;
}

/** What is known of a printer, as printed on a slip of its own. */
export function PrinterFacts({
  printer,
  status,
}: {
  printer: PrinterConfig;
  /** null: it is chosen, and not saved yet. */
  status: PrinterStatus | null;
}) {
  const { t } = useTranslation(["settings", "common"]);
  const words = usePrinterWords();
  const proof = status && proofWord(status);
  return (
    <div className={styles["slip"]}>
      <p className={styles["name"]}>{words.name(printer)}</p>
      <dl className={styles["facts"]}>
        <Fact label={t("printer.fact.way")} icon={WAY_ICON[printer.kind]}>
          {words.way(printer)}
        </Fact>
        {status && proof && (
          <>
            <Fact label={t("printer.fact.paper")} icon="paper">
              {t(`common:printer.paper.${status.paper}`)} ·{" "}
              {t("printer.paperWidth", { mm: paperMm(status) })}
            </Fact>
            <Fact label={t("printer.fact.proof")} icon={PROOF_ICON[proof]}>
              {t(`printer.proof.${proof}`)}
            </Fact>
            <TriedOut qualification={status.qualification} />
          </>
        )}
      </dl>
    </div>
  );
}

function TriedOut({ qualification }: { qualification: Qualification | null }) {
  const { t } = useTranslation("settings");
  const { date } = useFormat();
  if (!qualification)
    return (
      <Fact label={t("printer.fact.tried")} icon="question">
        {t("printer.notTried")}
      </Fact>
    );
  const { atMs, by, columns, chinese, cutter, drawer } = qualification;
  return (
    <>
      <Fact label={t("printer.fact.tried")} icon="check">
        {t("printer.triedBy", { date: date(atMs), name: by })}
      </Fact>
      <Fact label={t("printer.fact.can")} icon="list">
        {[
          t("printer.can.columns", { count: columns }),
          t(`printer.can.chinese.${chinese}`),
          t(cutter ? "printer.can.cuts" : "printer.can.tear"),
          t(`printer.can.drawer.${drawer}`),
        ].join(" · ")}
      </Fact>
    </>
  );
}

function Fact({
  label,
  icon,
  children,
}: {
  label: string;
  icon: IconName;
  children: React.ReactNode;
}) {
  return (
    <div>
      <dt>{label}</dt>
      <dd>
        <Icon name={icon} size={18} />
        <span>{children}</span>
      </dd>
    </div>
  );
}

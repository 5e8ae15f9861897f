import { useTranslation } from "react-i18next";
import type { CauseCode } from "../../main/domain/receipt/cause.ts";
import type { Proof, ReceiptState } from "../../main/domain/receipt/state.ts";
import { cx } from "./cx.ts";
import { Icon } from "./icon.tsx";
import { CAUSE_ICON, STATE_LOOK } from "./state-icons.ts";
import styles from "./state-word.module.css";

/** What became of a receipt: icon, word, and colour last. */
export function StateWord({
  state,
  proof = null,
  className,
}: {
  state: ReceiptState;
  /** Tells a receipt the printer proved from one a person confirmed. */
  proof?: Proof | null;
  className?: string | undefined;
}) {
  const { t } = useTranslation("common");
  const isPersons = state === "printed" && proof === "person";
  const { icon, tone } = STATE_LOOK[state];
  return (
    <span className={cx(styles["word"], styles[isPersons ? "ink" : tone], className)}>
      <Icon name={isPersons ? "user" : icon} size={18} />
      <span>{isPersons ? t("state.printedByPerson") : t(`state.${state}`)}</span>
    </span>
  );
}

/** Why it is not on paper: icon and word. */
export function CauseWord({
  cause,
  className,
}: {
  cause: CauseCode;
  className?: string | undefined;
}) {
  const { t } = useTranslation("causes");
  return (
    <span className={cx(styles["word"], className)}>
      <Icon name={CAUSE_ICON[cause]} size={18} />
      <span>{t(`${cause}.name`)}</span>
    </span>
  );
}

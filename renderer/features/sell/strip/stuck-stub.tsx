import { useTranslation } from "react-i18next";
import { useStatus } from "../../../bridge/index.ts";
import { CAUSE_ICON, Icon } from "../../../ui/index.ts";
import { useSell } from "../sell-context.ts";
import styles from "./stuck-stub.module.css";

/** While the next basket is being scanned, the end of a stuck receipt still sticks out of the slot. */
export function StuckStub() {
  const { t } = useTranslation(["sell", "causes"]);
  const { reminder, rail } = useStatus();
  const { priced } = useSell();
  const owed = rail.find((item) => item.saleId === reminder);
  if (!owed || priced.lines.length === 0) return null;
  return (
    <div className={styles["stub"]} role="status">
      <Icon name={owed.cause === null ? "alert" : CAUSE_ICON[owed.cause]} size={18} />
      <span>
        <b>{owed.saleId}</b> {t("strip.stuck")}
        {owed.cause !== null && <> · {t(`causes:${owed.cause}.name`)}</>}
      </span>
    </div>
  );
}

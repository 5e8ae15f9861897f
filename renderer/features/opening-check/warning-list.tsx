import { useTranslation } from "react-i18next";
import type { SettingsWarning } from "../../../main/contract/warnings.ts";
import { useStatus } from "../../bridge/index.ts";
import { cx, Icon } from "../../ui/index.ts";
import { WARNING_LOOK } from "./warning-look.ts";
import styles from "./warning-list.module.css";

/** Each setting that will cost a receipt: what it is, what will happen, and the way to where it is put right. */
export function WarningList({ onGo }: { onGo?: () => void }) {
  const { warnings } = useStatus();
  return (
    <ul className={styles["list"]}>
      {warnings.map((warning) => (
        <li key={`${warning.code}-${warning.slot}`}>
          <Warning warning={warning} {...(onGo ? { onGo } : {})} />
        </li>
      ))}
    </ul>
  );
}

function Warning({ warning, onGo }: { warning: SettingsWarning; onGo?: () => void }) {
  const { t } = useTranslation(["opening", "common"]);
  const { backupPrinter } = useStatus();
  const { icon, href, isGentle } = WARNING_LOOK[warning.code];
  // With one printer only, "the printer" says enough.
  const slot = backupPrinter === null ? "only" : (warning.slot ?? "receipt");
  const printer = t(`printer.${slot}`);
  const content = (
    <>
      <Icon name={icon} size={22} className={cx(isGentle !== true && styles["icon"])} />
      <span className={styles["words"]}>
        <b>{t(`warning.${warning.code}.what`, { printer })}</b>
        <span>{t(`warning.${warning.code}.will`, { printer })}</span>
      </span>
    </>
  );
  if (href === null) return <div className={styles["row"]}>{content}</div>;
  return (
    <a
      className={cx(styles["row"], styles["link"])}
      href={href}
      {...(onGo ? { onClick: onGo } : {})}
    >
      {content}
      <span className={styles["go"]}>
        <span className={styles["goWord"]}>{t(`warning.${warning.code}.go`)}</span>
        <Icon name="right" size={16} />
      </span>
    </a>
  );
}

import { useTranslation } from "react-i18next";
import { cx, Icon } from "../../../ui/index.ts";
import styles from "./try-out.module.css";
import type { ReachAnswer } from "./use-reach.ts";

const LOOK = {
  id: { tone: "good", icon: "checkCircle" },
  paperStatus: { tone: "half", icon: "half" },
  none: { tone: "half", icon: "user" },
  queue: { tone: "half", icon: "user" },
} as const;

/** What a test slip has shown, in words that say what it means for every receipt. */
export function ReachResult({
  answer,
  isQueue,
}: {
  answer: Pick<ReachAnswer, "answers" | "fence" | "replyMs" | "fingerprint"> & {
    paperMm?: number;
  };
  isQueue: boolean;
}) {
  const { t } = useTranslation("settings");
  const meaning = isQueue ? "queue" : answer.answers ? answer.fence : "none";
  const { tone, icon } = LOOK[meaning];
  return (
    <div className={cx(styles["result"], styles[tone])}>
      <Icon name={icon} size={22} />
      <div>
        <p className={styles["resultWord"]}>{t(`printer.meaning.${meaning}`)}</p>
        <p>{t(`printer.test.${meaning}`)}</p>
        {answer.replyMs !== null && (
          <p>
            {answer.paperMm === undefined
              ? t("printer.test.replyMs", { ms: Math.round(answer.replyMs) })
              : t("printer.test.reply", {
                  ms: Math.round(answer.replyMs),
                  mm: Math.round(answer.paperMm),
                })}
          </p>
        )}
        {answer.fingerprint !== null && (
          <p>{t("printer.test.fingerprint", { name: answer.fingerprint })}</p>
        )}
      </div>
    </div>
  );
}

import { useState, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { Notice } from "../../../main/contract/notices.ts";
import { useAct, useSetStatus, useStatus } from "../../bridge/index.ts";
import { Button, cx, Icon, type IconName } from "../../ui/index.ts";
import frame from "../frame/frame-line.module.css";
import { LeaveDialog } from "./leave-dialog.tsx";
import styles from "./program-line.module.css";

const ICON: Record<Notice["code"], IconName> = {
  settingsRecovered: "settings",
  settingsPartly: "settings",
  settingsLost: "settings",
  settingsNewer: "settings",
  pageRestarted: "refresh",
  unexpected: "alert",
  kioskClose: "lock",
  unprintableName: "tag",
};

/** What the program itself has to say, one line each, until somebody has read it. */
export function ProgramLine() {
  const { t } = useTranslation("program");
  const { notices } = useStatus();
  const setStatus = useSetStatus();
  const act = useAct("notice.read");
  const [isLeaving, setLeaving] = useState(false);
  if (notices.length === 0) return null;
  const read = ({ id }: Notice) =>
    act.mutate({ id }, { onSuccess: ({ status }) => setStatus(status) });
  return (
    <div className={styles["lines"]} role="status" aria-label={t("label")}>
      {notices.map((notice) => (
        <div key={notice.id} className={cx(frame["row"], styles["line"], styles[lookOf(notice)])}>
          <Icon name={ICON[notice.code]} size={20} />
          <span className={styles["text"]}>
            <Sentence notice={notice} />
            {notice.incident !== null && (
              <span className={styles["incident"]}>
                {t("incident", { incident: notice.incident })}
              </span>
            )}
          </span>
          {notice.code === "kioskClose" ? (
            <>
              <Button size="small" icon="lock" onPress={() => setLeaving(true)}>
                {t("closeAction")}
              </Button>
              <Button size="small" variant="quiet" onPress={() => read(notice)}>
                {t("stay")}
              </Button>
              <LeaveDialog isOpen={isLeaving} onClose={() => setLeaving(false)} />
            </>
          ) : (
            <Button size="small" variant="quiet" onPress={() => read(notice)}>
              {t("read")}
            </Button>
          )}
        </div>
      ))}
    </div>
  );
}

/** The line under a screen that has no frame. */
export function WithProgramLine({ children }: { children: ReactNode }) {
  return (
    <div className={styles["screen"]}>
      <div className={styles["page"]}>{children}</div>
      <ProgramLine />
    </div>
  );
}

function Sentence({ notice }: { notice: Notice }) {
  const { t, i18n } = useTranslation("program");
  if (notice.code === "unprintableName")
    return <span>{t("unprintableName", { ...notice.article })}</span>;
  if (notice.code !== "settingsPartly") return <span>{t(notice.code)}</span>;
  const names = notice.lost.map((name) => t(`setting.${name}`));
  const list = new Intl.ListFormat(i18n.language, { type: "conjunction" });
  return <span>{t("settingsPartly", { count: names.length, lost: list.format(names) })}</span>;
}

/** Settings that are not what they were want somebody; the rest is only told. */
function lookOf({ code }: Notice): "wants" | "told" {
  return code.startsWith("settings") ? "wants" : "told";
}

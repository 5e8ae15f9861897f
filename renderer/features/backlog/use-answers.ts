import { useTranslation } from "react-i18next";
import type { IconName } from "../../ui/index.ts";
import type { BacklogGroups } from "./backlog-groups.ts";
import type { SlipFate } from "./slip-fate.ts";
import type { Backlog } from "./use-backlog.ts";

export interface Answer {
  /** What the till is busy with once it was given. */
  id: "all" | "waiting" | "settle" | "oneByOne";
  icon: IconName;
  /** The key that gives it; the quiet one has none. */
  hint: string | null;
  title: string;
  more: string;
  /** What becomes of each slip, the newest first. */
  fates: SlipFate[];
  give: () => void;
}

/** The answers there are to this backlog. With nobody waiting, there is no answer for those who wait. */
export function useAnswers(
  { waiting, late, waitingCount, lateCount, count }: BacklogGroups,
  backlog: Backlog,
  onSettle: () => void,
): Answer[] {
  const { t } = useTranslation("backlog");
  const hasBoth = waitingCount > 0 && lateCount > 0;
  const fates = (ofWaiting: SlipFate, ofLate: SlipFate): SlipFate[] => [
    ...waiting.map(() => ofWaiting),
    ...late.map(() => ofLate),
  ];
  const onlyWaiting: Answer = {
    id: "waiting",
    icon: "user",
    hint: "F10",
    title: t("onlyWaiting.title", { count: waitingCount }),
    more: t("onlyWaiting.more", { count: lateCount }),
    fates: fates("print", "stay"),
    give: () => backlog.print("waiting"),
  };
  return [
    {
      id: "all",
      icon: "printer",
      hint: "F9",
      title: t("all.title", { count }),
      more: hasBoth ? t("all.more", { late: lateCount }) : t("all.moreLate"),
      fates: fates("print", "tray"),
      give: () => backlog.print("all"),
    },
    ...(hasBoth ? [onlyWaiting] : []),
    {
      id: "settle",
      icon: "close",
      hint: "F8",
      title: t(hasBoth ? "settle.titleRest" : "settle.titleAll", { count: lateCount }),
      more: t("settle.more"),
      fates: fates(hasBoth ? "stay" : "strike", "strike"),
      give: onSettle,
    },
    {
      id: "oneByOne",
      icon: "list",
      hint: null,
      title: t("oneByOne.title"),
      more: t("oneByOne.more"),
      fates: fates("ask", "ask"),
      give: backlog.oneByOne,
    },
  ];
}

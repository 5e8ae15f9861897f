import { useTranslation } from "react-i18next";
import {
  newRequestId,
  useAct,
  useSetStatus,
  useStatus,
  type CallRefused,
} from "../../bridge/index.ts";
import { toast } from "../../ui/index.ts";
import { useReminder } from "../reminder/reminder-context.ts";

export interface Backlog {
  /** Newest first; the late ones carry their mark. */
  print: (which: "all" | "waiting") => void;
  settle: (which: "all" | "late", reason: string, pin: string) => void;
  oneByOne: () => void;
  busy: "all" | "waiting" | "settle" | "oneByOne" | null;
  error: CallRefused | null;
  /** Takes the last refusal away. */
  forget: () => void;
}

/** The answers to what an outage has left behind. */
export function useBacklog(): Backlog {
  const { t } = useTranslation("backlog");
  const { backlog } = useStatus();
  const setStatus = useSetStatus();
  const { close, stayWhilePrinting } = useReminder();
  const printing = useAct("backlog.print");
  const settling = useAct("backlog.settle");
  const single = useAct("backlog.oneByOne");
  const isBusy = printing.isPending || settling.isPending || single.isPending;
  const waiting = backlog?.waiting ?? [];
  const late = backlog?.late ?? [];
  const waitingCount = backlog?.waitingCount ?? 0;
  const lateCount = backlog?.lateCount ?? 0;

  const print: Backlog["print"] = (which) => {
    if (isBusy) return;
    const saleIds = which === "all" ? [...waiting, ...late] : waiting;
    stayWhilePrinting(saleIds);
    printing.mutate(
      { requestId: newRequestId(), which },
      {
        onSuccess: ({ status }) => {
          setStatus(status);
          // The rest wants an answer as soon as these are out: the sheet stays.
          if (status.reminder !== null) return;
          close();
          const toTray = which === "all" && lateCount > 0;
          toast(
            "go",
            t("done.print", {
              count: which === "all" ? waitingCount + lateCount : waitingCount,
            }),
            {
              ...(toTray ? { detail: t("done.tray", { count: lateCount }) } : {}),
            },
          );
        },
      },
    );
  };
  const settle: Backlog["settle"] = (which, reason, pin) => {
    if (isBusy) return;
    const count = which === "all" ? waitingCount + lateCount : lateCount;
    settling.mutate(
      { requestId: newRequestId(), which, reason, pin },
      {
        onSuccess: ({ status }) => {
          setStatus(status);
          toast("plain", t("done.settle", { count }));
        },
      },
    );
  };
  const oneByOne = () => {
    if (isBusy) return;
    single.mutate({ requestId: newRequestId() }, { onSuccess: ({ status }) => setStatus(status) });
  };
  return {
    print,
    settle,
    oneByOne,
    busy: printing.isPending
      ? printing.variables.which
      : settling.isPending
        ? "settle"
        : single.isPending
          ? "oneByOne"
          : null,
    error: printing.error ?? settling.error ?? single.error,
    forget: () => {
      printing.reset();
      settling.reset();
      single.reset();
    },
  };
}

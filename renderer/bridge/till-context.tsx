import { useQueryClient } from "@tanstack/react-query";
import {
  createContext,
  useCallback,
  useContext,
  useEffect,
  useRef,
  useState,
  type ReactNode,
} from "react";
import type { Settings } from "../../main/contract/settings.ts";
import type { TillStatus } from "../../main/contract/status.ts";
import { call } from "./call.ts";
import { useConnection, useFeed, useIsLost } from "./hooks.ts";
import { newer } from "./newer.ts";

interface Till {
  settings: Settings;
  status: TillStatus;
  setSettings: (settings: Settings) => void;
  setStatus: (status: TillStatus) => void;
}

const TillContext = createContext<Till | null>(null);

/** Holds settings and status as the till last told them; renders `waiting` until both are known. */
export function TillProvider({ children, waiting }: { children: ReactNode; waiting: ReactNode }) {
  const [settings, setSettings] = useState<Settings | null>(null);
  const [status, replaceStatus] = useState<TillStatus | null>(null);
  const connection = useConnection();
  const isLost = useIsLost();
  const queries = useQueryClient();

  // An answer may arrive after the feed has already brought what came of it.
  const setStatus = useCallback((next: TillStatus) => replaceStatus((now) => newer(now, next)), []);

  useFeed("status", setStatus);
  const settingsTold = useRef(0);
  useFeed("settings", (value) => {
    settingsTold.current += 1;
    setSettings(value);
  });

  // After a reconnect too: the feed may have missed something while it was down.
  useEffect(() => {
    if (isLost) return;
    const told = settingsTold.current;
    // The feed may have brought a change while the question was on its way.
    const takeSettings = (answer: Settings) => {
      if (settingsTold.current === told) setSettings(answer);
    };
    void call("settings.get", {}).then(takeSettings, () => undefined);
    void call("status.get", {}).then(setStatus, () => undefined);
  }, [connection, isLost, setStatus]);

  const booksKey = status === null ? "" : booksSignature(status);
  useEffect(() => {
    void queries.invalidateQueries({
      predicate: ({ queryKey: [name] }) =>
        typeof name === "string" && /^(history|day)\./.test(name),
    });
  }, [booksKey, queries]);

  // A list may have been imported at another window.
  const catalogueSize = status?.catalogueSize ?? 0;
  useEffect(() => {
    void queries.invalidateQueries({ queryKey: ["catalogue.search"] });
  }, [catalogueSize, queries]);

  if (settings === null || status === null) return waiting;
  const shown = isLost ? unheard(status) : status;
  return (
    <TillContext value={{ settings, status: shown, setSettings, setStatus }}>
      {children}
    </TillContext>
  );
}

/** What was true of the printers when the till was last heard is not called true now. */
function unheard(status: TillStatus): TillStatus {
  const printer = <P extends TillStatus["printer"]>(last: P): P => ({
    ...last,
    state: "unknown",
    cause: null,
    paper: "unknown",
    rollLeftM: null,
  });
  const { backupPrinter } = status;
  return {
    ...status,
    printer: printer(status.printer),
    backupPrinter: backupPrinter && printer(backupPrinter),
    progress: null,
  };
}

/** Changes exactly when history or day reports can have changed. */
function booksSignature(status: TillStatus): string {
  return JSON.stringify([
    status.newestSaleId,
    status.day?.id,
    status.rail.map((owed) => [owed.saleId, owed.state, owed.cause, owed.attempts, owed.deferrals]),
    status.tray.map((item) => item.saleId),
    [status.owedCount, status.stuckCount, status.trayCount],
    status.lastJob,
  ]);
}

function useTill(): Till {
  const till = useContext(TillContext);
  if (!till) throw new Error("outside of TillProvider");
  return till;
}

/** The till at this moment; follows the feed. */
export function useStatus(): TillStatus {
  return useTill().status;
}

/** For answers that carry a newer status than the feed has brought yet. */
export function useSetStatus(): (status: TillStatus) => void {
  return useTill().setStatus;
}

export function useSettings(): Settings {
  return useTill().settings;
}

export function useSetSettings(): (settings: Settings) => void {
  return useTill().setSettings;
}

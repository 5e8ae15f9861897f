import type { ShellLink, Till } from "../../till.ts";
import type { ElectronParts, Preventable } from "./api.ts";

/** Keeps the screen awake while a day is open: a till that sleeps keeps customers waiting. */
export function stayAwakeWhileOpen(
  till: Till,
  blocker: ElectronParts["powerSaveBlocker"],
): () => void {
  let id: number | null = null;
  const set = (isOpen: boolean) => {
    if (isOpen && id === null) id = blocker.start("prevent-display-sleep");
    if (!isOpen && id !== null) {
      blocker.stop(id);
      id = null;
    }
  };
  const stop = till.listen("status", ({ day }) => set(day !== null));
  const now = till.latest("status");
  set(typeof now === "object" && now !== null && "day" in now && now.day !== null);
  return () => {
    stop();
    set(false);
  };
}

/** After a sleep the printers are looked at anew; before the system goes down the till is closed. */
export function followPower(
  monitor: ElectronParts["powerMonitor"],
  shell: ShellLink,
  leave: () => void,
): void {
  monitor.on("resume", () => shell.resumed());
  monitor.on("shutdown", (event) => {
    // Linux: the system waits a moment for books that are being closed.
    if (isPreventable(event)) event.preventDefault();
    leave();
  });
}

function isPreventable(event: unknown): event is Preventable {
  return typeof event === "object" && event !== null && "preventDefault" in event;
}

import { useEffect, useEffectEvent } from "react";
import { flushSync } from "react-dom";
import { isModalOpen } from "../../../ui/index.ts";
import { characterOf } from "../scanner/physical-keys.ts";
import { waitForMore, wasScannedSince } from "../scanner/scan-watch.ts";
import { bindingOf, type Command } from "./keymap.ts";

/**
 * Runs the sell screen's keys from anywhere on it. Anything that types goes to the entry field, which is
 * focused before the key takes effect; `*`, `/` and `+` wait a moment, because they may also be
 * the middle of a scanned code. While a dialog is open nothing here acts.
 */
export function useKeyCommands(options: {
  isEnabled: boolean;
  focusEntry: () => void;
  run: (command: Command) => void;
}): void {
  const onKey = useEffectEvent(
    (event: KeyboardEvent, later: (command: Command, atMs: number) => void) => {
      if (!options.isEnabled || isModalOpen() || event.defaultPrevented) return;
      const binding = bindingOf(event);
      if (isForeignField(event.target)) return;
      if (binding === null) {
        const types = characterOf(event) !== null || event.code === "Backspace";
        const isPlain = !event.ctrlKey && !event.altKey && !event.metaKey;
        if (types && isPlain && event.code !== "Space") options.focusEntry();
        return;
      }
      // Enter on a focused button, and arrows inside a list, belong to them.
      if (isOnControl(event.target) && /^(Enter|NumpadEnter|Arrow)/.test(event.code)) return;
      if (event.isComposing && !/^F\d/.test(event.code)) return;
      event.preventDefault();
      if (binding.isCharacter) later(binding.command, event.timeStamp);
      else options.run(binding.command);
    },
  );
  const run = useEffectEvent((command: Command) => options.run(command));

  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | null = null;
    let waiting: { command: Command; atMs: number } | null = null;
    const forget = () => {
      if (timer !== null) clearTimeout(timer);
      timer = null;
      waiting = null;
    };
    const runWaiting = () => {
      const now = waiting;
      forget();
      // Otherwise it was the last character of a code.
      if (now !== null && !wasScannedSince(now.atMs)) flushSync(() => run(now.command));
    };
    const later = (command: Command, atMs: number) => {
      waiting = { command, atMs };
      timer = setTimeout(runWaiting, waitForMore());
    };
    /** A key that types nothing comes after the one that waits; the end of a scan never gets here. */
    const onOther = (event: KeyboardEvent) => {
      if (characterOf(event) === null && !/^(?:Shift|Control|Alt|Meta)/.test(event.code))
        runWaiting();
    };
    const listener = (event: KeyboardEvent) => {
      if (characterOf(event) !== null) forget();
      onKey(event, later);
    };
    document.addEventListener("keydown", onOther, { capture: true });
    window.addEventListener("keydown", listener);
    return () => {
      forget();
      document.removeEventListener("keydown", onOther, { capture: true });
      window.removeEventListener("keydown", listener);
    };
  }, []);
}

/** A text field that is not the entry field keeps all its keys. */
function isForeignField(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLInputElement) && !(target instanceof HTMLTextAreaElement))
    return false;
  return target.dataset["entry"] === undefined;
}

function isOnControl(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.closest("button, a, [role=option]") !== null;
}

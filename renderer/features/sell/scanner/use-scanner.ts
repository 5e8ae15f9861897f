import { useEffect, useEffectEvent } from "react";
import { createBurstDetector } from "./burst-detector.ts";
import {
  restoreField,
  snapshotOfFocus,
  snapshotWithout,
  type FieldSnapshot,
} from "./field-snapshot.ts";
import { characterOf, isEndKey } from "./physical-keys.ts";

/**
 * Hears scans wherever the focus is. Listens before everything else on the page, so a scanner's Enter
 * reaches no button, and puts back what the scanner typed into a field.
 */
export function useScanner(onScan: (code: string) => void): void {
  const scanned = useEffectEvent(onScan);

  useEffect(() => {
    const detector = createBurstDetector();
    let before: FieldSnapshot | null = null;

    const onKeyDown = (event: KeyboardEvent) => {
      // A key held down repeats at about the pace of a scanner.
      if (event.repeat || event.altKey || event.metaKey) return detector.reset();
      const isLineFeed = event.ctrlKey && (event.code === "KeyJ" || event.code === "KeyM");
      if (isEndKey(event.code) || isLineFeed) {
        const verdict = detector.end(event.timeStamp);
        if (verdict.kind === "typed") return;
        event.preventDefault();
        event.stopImmediatePropagation();
        if (verdict.kind !== "scan") return;
        const typedInto = before ?? snapshotWithout(verdict.code);
        if (typedInto) restoreField(typedInto);
        before = null;
        return scanned(verdict.code);
      }
      if (event.ctrlKey) return detector.reset();
      const character = characterOf(event);
      if (character === null) {
        if (!event.code.startsWith("Shift")) detector.reset();
        return;
      }
      if (detector.character(character, event.timeStamp).kind === "first")
        before = snapshotOfFocus();
    };

    window.addEventListener("keydown", onKeyDown, { capture: true });
    return () => window.removeEventListener("keydown", onKeyDown, { capture: true });
  }, []);
}

import { useEffect, useEffectEvent } from "react";
import { GROUP_SEPARATOR } from "../../../../main/domain/scan/gs1.ts";
import { mayBePayment } from "../../../../main/domain/scan/meaning.ts";
import { readSymbol } from "../../../../main/domain/scan/symbol.ts";
import type { ScannerSettings } from "../../../../main/contract/scan.ts";
import { useSettings } from "../../../bridge/index.ts";
import { createAltCode } from "./alt-code.ts";
import { BurstDetector, type BurstVerdict } from "./burst-detector.ts";
import {
  restoreField,
  snapshotOfFocus,
  snapshotWithout,
  type FieldSnapshot,
} from "./field-snapshot.ts";
import { focusOf } from "./focus.ts";
import { characterOf, isEndKey } from "./physical-keys.ts";
import { notePace, noteScan } from "./scan-watch.ts";

/**
 * Hears scans wherever the focus is. Listens before everything else on the page, so a scanner's keys press
 * no button, and puts back what the scanner typed into a field.
 */
export function useScanner(onScan: (code: string) => void): void {
  const { scanner } = useSettings();
  const scanned = useEffectEvent(onScan);
  const { layout, suffix, paceMs } = scanner;
  useEffect(
    () => listenForScans(window, { layout, suffix, paceMs }, (code) => scanned(code)),
    [layout, suffix, paceMs],
  );
}

/** A code that nothing can be missing of. */
function isWhole(text: string): boolean {
  return readSymbol(text).gtin14 !== null || mayBePayment(text) || /^SLIP\d{6,}$/i.test(text);
}

function listenForScans(
  page: Window,
  habits: ScannerSettings,
  onScan: (code: string) => void,
): () => void {
  const detector = new BurstDetector(isWhole, habits);
  const altCode = createAltCode();
  let before: FieldSnapshot | null = null;
  let timer: ReturnType<typeof setTimeout> | null = null;

  const stopTimer = () => {
    if (timer !== null) clearTimeout(timer);
    timer = null;
  };
  const later = (run: () => void, ms: number) => {
    stopTimer();
    timer = setTimeout(run, ms);
  };

  /** True when the verdict was a scanner's. */
  const follow = (verdict: BurstVerdict, atMs: number): boolean => {
    if (verdict.kind === "typed") return false;
    noteScan(atMs);
    if (verdict.typed !== "") {
      const typedInto = snapshotWithout(verdict.typed) ?? before;
      if (typedInto) restoreField(typedInto);
    }
    before = null;
    for (const code of verdict.codes) onScan(code);
    return true;
  };

  const giveUpRest = () => {
    const code = detector.giveUpRest();
    if (code !== null) onScan(code);
  };
  const settle = () => {
    const isScan = follow(detector.settle(focusOf(document.activeElement)), performance.now());
    // What had no end may be the first half: the rest, or its Enter, gets some time.
    later(giveUpRest, isScan ? detector.restMs : 0);
  };

  const take = (character: string, atMs: number) => {
    if (detector.character(character, atMs)) before = snapshotOfFocus();
    notePace(detector.paceMs(), habits.paceMs);
    later(settle, detector.settleMs);
  };

  const onKeyDown = (event: KeyboardEvent) => {
    const atMs = event.timeStamp;
    if (event.repeat || isTrial(event.target)) return detector.reset();
    // The page was busy and the pause went by unseen: what was before it is over.
    if (detector.isOver(atMs)) settle();
    if (event.altKey && !event.ctrlKey && altCode.digit(event.code)) return;
    if (isSeparator(event) && detector.isInside(atMs)) {
      swallow(event);
      return take(GROUP_SEPARATOR, atMs);
    }
    const isLineFeed = event.ctrlKey && (event.code === "KeyJ" || event.code === "KeyM");
    if (isEndKey(event.code) || isLineFeed) {
      if (!follow(detector.end(atMs, focusOf(event.target)), atMs)) return;
      stopTimer();
      return swallow(event);
    }
    // AltGr comes as Ctrl with Alt on Windows: a German keyboard's ] is typed with it.
    const isCommand = event.metaKey || event.ctrlKey !== event.altKey;
    const character = isCommand ? null : characterOf(event, habits.layout);
    if (character === null) {
      if (!/^(?:Shift|Alt|Control|CapsLock)/.test(event.code)) detector.reset();
      return;
    }
    // In the middle of a code a blank is a blank and presses no button.
    if (character === " " && focusOf(event.target) === "nowhere" && detector.paceMs() !== null)
      swallow(event);
    take(character, atMs);
  };

  const onKeyUp = (event: KeyboardEvent) => {
    if (event.key !== "Alt") return;
    const character = altCode.up();
    if (character !== null) take(character, event.timeStamp);
  };

  page.addEventListener("keydown", onKeyDown, { capture: true });
  page.addEventListener("keyup", onKeyUp, { capture: true });
  return () => {
    stopTimer();
    giveUpRest();
    page.removeEventListener("keydown", onKeyDown, { capture: true });
    page.removeEventListener("keyup", onKeyUp, { capture: true });
  };
}

/** The page that tries the scanner wants its keys as they come. */
function isTrial(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.dataset["scannerTrial"] === "";
}

function swallow(event: KeyboardEvent): void {
  event.preventDefault();
  event.stopImmediatePropagation();
}

/** How scanners send the group separator of GS1 by one key: Ctrl+], or a function key in its place. */
function isSeparator(event: KeyboardEvent): boolean {
  if (/^F\d{1,2}$/.test(event.code)) return true;
  const isBracket = event.key === "]" || event.key === GROUP_SEPARATOR;
  return event.ctrlKey && !event.altKey && (isBracket || event.code === "BracketRight");
}

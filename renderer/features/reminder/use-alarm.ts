import { useEffect } from "react";
import { useTone } from "../sell/sounds/use-tone.ts";

const EVERY_MS = 5_000;

/** The tone of an owed receipt, at once and again until it is resolved. */
export function useAlarm(isOn: boolean): void {
  const tone = useTone();
  useEffect(() => {
    if (!isOn) return;
    tone("owed");
    const timer = setInterval(() => tone("owed"), EVERY_MS);
    return () => clearInterval(timer);
  }, [isOn, tone]);
}

import { useCallback } from "react";
import { useSettings } from "../../../bridge/index.ts";
import { playTone, type Tone } from "./tones.ts";

/** Plays tones when the sound is switched on. */
export function useTone(): (tone: Tone) => void {
  const { sound } = useSettings();
  return useCallback(
    (tone) => {
      if (sound) playTone(tone);
    },
    [sound],
  );
}

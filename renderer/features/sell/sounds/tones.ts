/** One tone after another: frequency in hertz (0 is silence), length in milliseconds. */
type Melody = readonly (readonly [hertz: number, ms: number])[];

const MELODIES = {
  scanned: [[1320, 55]],
  unknown: [
    [392, 120],
    [0, 40],
    [311, 180],
  ],
  proven: [
    [880, 60],
    [1175, 90],
  ],
  /** Used for nothing else on the till. */
  owed: [
    [740, 150],
    [0, 60],
    [740, 150],
    [0, 60],
    [494, 340],
  ],
} as const satisfies Record<string, Melody>;

export type Tone = keyof typeof MELODIES;

const LEVEL = 0.14;
const RAMP_S = 0.008;
let context: AudioContext | null = null;

/** Plays a short tone; silent when the browser has no audio or has not been touched yet. */
export function playTone(tone: Tone): void {
  // Before the first touch the browser would only complain.
  if (typeof AudioContext === "undefined" || !navigator.userActivation.hasBeenActive) return;
  context ??= new AudioContext();
  if (context.state === "suspended") void context.resume();
  let at = context.currentTime;
  for (const [hertz, ms] of MELODIES[tone]) {
    if (hertz > 0) playNote(context, hertz, at, ms / 1000);
    at += ms / 1000;
  }
}

function playNote(audio: AudioContext, hertz: number, at: number, seconds: number): void {
  const oscillator = audio.createOscillator();
  const gain = audio.createGain();
  oscillator.type = "triangle";
  oscillator.frequency.value = hertz;
  gain.gain.setValueAtTime(0, at);
  gain.gain.linearRampToValueAtTime(LEVEL, at + RAMP_S);
  gain.gain.setValueAtTime(LEVEL, at + seconds - RAMP_S);
  gain.gain.linearRampToValueAtTime(0, at + seconds);
  oscillator.connect(gain).connect(audio.destination);
  oscillator.start(at);
  oscillator.stop(at + seconds);
}

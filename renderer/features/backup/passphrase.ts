/** As the contract has it; named here so that the page does not carry its schema library. */
export const PASSPHRASE_MIN_CHARS = 10;

/** Why two typed passphrases can't be taken; null when they can. */
export function passphraseProblem(first: string, again: string): "short" | "differs" | null {
  if (first.trim().length < PASSPHRASE_MIN_CHARS) return "short";
  return first === again ? null : "differs";
}

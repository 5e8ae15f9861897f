/**
 * Scanners in "Alt mode" hold Alt, type a character's number on the number pad and let Alt go: Alt+029 is the
 * group separator of GS1, Alt+065 an A.
 */
interface AltCode {
  /** A digit of the number pad while Alt is down. */
  digit: (code: string) => boolean;
  /** Alt went up: the character, null when no number was typed. */
  up: () => string | null;
}

export function createAltCode(): AltCode {
  let digits = "";
  return {
    digit: (code) => {
      const digit = /^Numpad(\d)$/.exec(code)?.[1];
      if (digit === undefined) return false;
      digits = (digits + digit).slice(-4);
      return true;
    },
    up: () => {
      const number = Number(digits);
      digits = "";
      return number === 29 || (number >= 32 && number <= 126) ? String.fromCharCode(number) : null;
    },
  };
}

/** How much one program or page on this PC may ask of the browser shell before it is turned away. */
export interface ShellLimits {
  /** Connections at once, all pages together. */
  connections: number;
  /** From the first byte of a request, or from connecting, to the end of its headers. */
  headersMs: number;
  /** From the first byte of a request to the last one of its body. */
  requestMs: number;
  /** Open feeds of one session. A browser opens six connections to one address, all its windows together, and calls need some. */
  feedsPerSession: number;
  /** Calls of one session that wait for their answer. */
  callsUnderWay: number;
  /** Calls of one session: so many at once, and then so many a second. */
  calls: Rate;
  /** Wrong keys and wrong sessions, whoever they come from. */
  wrongSecrets: Rate;
  /** How long an opening address is good when nobody uses it. */
  keyLifeMs: number;
}

export interface Rate {
  burst: number;
  perSecond: number;
}

/** A cashier's hands need a twentieth of this; a page that runs wild must not take the till with it. */
export const SHELL_LIMITS: ShellLimits = {
  connections: 256,
  headersMs: 10_000,
  requestMs: 60_000,
  feedsPerSession: 4,
  callsUnderWay: 64,
  calls: { burst: 1_000, perSecond: 250 },
  wrongSecrets: { burst: 20, perSecond: 1 },
  keyLifeMs: 30 * 60_000,
};

/** Takes one from a store that fills up again by itself; false when it is empty. */
export type Allowance = () => boolean;

export function createAllowance({ burst, perSecond }: Rate, nowMs: () => number): Allowance {
  let left = burst;
  let atMs = nowMs();
  return () => {
    const now = nowMs();
    left = Math.min(burst, left + ((now - atMs) / 1000) * perSecond);
    atMs = now;
    if (left < 1) return false;
    left -= 1;
    return true;
  };
}

import { createHash, randomBytes } from "node:crypto";
import type { ServerResponse } from "node:http";
import type { KeptSessions } from "./kept-sessions.ts";
import { createAllowance, type Allowance, type ShellLimits } from "./limits.ts";

const MAX_KEYS = 50;
const MAX_SESSIONS = 200;

/** One page, or all pages of one browser, and what they have under way. */
export interface Session {
  readonly mayCall: Allowance;
  readonly feeds: Set<ServerResponse>;
  callsUnderWay: number;
}

/**
 * Who may talk to the till: pages that came with a key. A key is made by the till itself, works once and
 * for a limited time, and is exchanged for a session. A session lives as long as this process; one that lasts
 * outlives it by a week, so that the page of a till that was started again goes on. Only hashes are
 * kept and compared: how long a comparison takes tells nothing about what was hashed.
 */
export interface Sessions {
  /** A new one-time key. @param lasts whether its session outlives this process */
  mintKey(lifeMs: number, lasts: boolean): string;
  /** The secret of a new session for a key, null when it is unknown, used or too old. */
  redeem(key: string): string | null;
  /** The session with this secret, null when there is none. */
  find(secret: string): Session | null;
}

export function createSessions(
  nowMs: () => number,
  { calls }: ShellLimits,
  kept: KeptSessions | null = null,
): Sessions {
  /** By their hash, in the order they were made. */
  const keys = new Map<string, { untilMs: number; lasts: boolean }>();
  /** By the hash of their secret; the one that was used last stands last. */
  const sessions = new Map<string, Session & { lasts: boolean }>();
  const begin = (known: string, lasts: boolean) => {
    const session = {
      lasts,
      mayCall: createAllowance(calls, nowMs),
      feeds: new Set<ServerResponse>(),
      callsUnderWay: 0,
    };
    sessions.set(known, session);
    // Every printed PDF leaves one behind: those go, not the page a cashier works with.
    for (const gone of dropFirst(sessions, MAX_SESSIONS)) kept?.drop(gone);
    return session;
  };
  return {
    mintKey: (lifeMs, lasts) => {
      const key = newSecret();
      for (const [known, { untilMs }] of keys) if (untilMs < nowMs()) keys.delete(known);
      keys.set(hash(key), { untilMs: nowMs() + lifeMs, lasts });
      dropFirst(keys, MAX_KEYS);
      return key;
    },
    redeem: (key) => {
      const minted = keys.get(hash(key));
      keys.delete(hash(key));
      if (minted === undefined || minted.untilMs < nowMs()) return null;
      const secret = newSecret();
      begin(hash(secret), minted.lasts);
      if (minted.lasts) kept?.used(hash(secret));
      return secret;
    },
    find: (secret) => {
      const known = hash(secret);
      const session = sessions.get(known) ?? (kept?.has(known) ? begin(known, true) : null);
      if (!session) return null;
      sessions.delete(known);
      sessions.set(known, session);
      if (session.lasts) kept?.used(known);
      return session;
    },
  };
}

/** Takes the oldest out until no more than `most` are left. */
function dropFirst(map: Map<string, unknown>, most: number): string[] {
  const dropped = [...map.keys()].slice(0, Math.max(0, map.size - most));
  for (const key of dropped) map.delete(key);
  return dropped;
}

function newSecret(): string {
  return randomBytes(32).toString("base64url");
}

function hash(text: string): string {
  return createHash("sha256").update(text).digest("base64url");
}

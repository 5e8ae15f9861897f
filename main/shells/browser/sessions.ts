import { createHash, randomBytes } from "node:crypto";
import type { ServerResponse } from "node:http";
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
 * for a limited time, and is exchanged for a session that lives as long as this process. Only hashes are
 * kept and compared: how long a comparison takes tells nothing about what was hashed.
 */
export interface Sessions {
  /** A new one-time key. */
  mintKey(lifeMs: number): string;
  /** The secret of a new session for a key, null when it is unknown, used or too old. */
  redeem(key: string): string | null;
  /** The session with this secret, null when there is none. */
  find(secret: string): Session | null;
}

export function createSessions(nowMs: () => number, { calls }: ShellLimits): Sessions {
  /** When each key dies, by its hash; in the order they were made. */
  const keys = new Map<string, number>();
  /** By the hash of their secret; the one that was used last stands last. */
  const sessions = new Map<string, Session>();
  return {
    mintKey: (lifeMs) => {
      const key = newSecret();
      for (const [known, untilMs] of keys) if (untilMs < nowMs()) keys.delete(known);
      keys.set(hash(key), nowMs() + lifeMs);
      dropFirst(keys, MAX_KEYS);
      return key;
    },
    redeem: (key) => {
      const untilMs = keys.get(hash(key));
      keys.delete(hash(key));
      if (untilMs === undefined || untilMs < nowMs()) return null;
      const secret = newSecret();
      const session = { mayCall: createAllowance(calls, nowMs), feeds: new Set<ServerResponse>() };
      sessions.set(hash(secret), { ...session, callsUnderWay: 0 });
      // Every printed PDF leaves one behind: those go, not the page a cashier works with.
      dropFirst(sessions, MAX_SESSIONS);
      return secret;
    },
    find: (secret) => {
      const known = hash(secret);
      const session = sessions.get(known);
      if (!session) return null;
      sessions.delete(known);
      sessions.set(known, session);
      return session;
    },
  };
}

function dropFirst(map: Map<string, unknown>, most: number): void {
  for (const key of map.keys()) {
    if (map.size <= most) return;
    map.delete(key);
  }
}

function newSecret(): string {
  return randomBytes(32).toString("base64url");
}

function hash(text: string): string {
  return createHash("sha256").update(text).digest("base64url");
}

import { createHash, randomBytes, timingSafeEqual } from "node:crypto";

const MAX_KEYS = 50;
const MAX_SESSIONS = 200;

/**
 * Who may talk to the till: pages that came with a key. A key is made by the till itself, works once
 * and is exchanged for a session that lives as long as this process. Only hashes are kept.
 */
export interface Sessions {
  /** A new one-time key. `lifeMs` null: until it is used. */
  mintKey(lifeMs: number | null): string;
  /** The session for a key, null when it is unknown, used or too old. */
  redeem(key: string): string | null;
  isKnown(session: string): boolean;
}

export function createSessions(nowMs: () => number): Sessions {
  const keys: { hash: Buffer; untilMs: number }[] = [];
  const sessions: Buffer[] = [];
  return {
    mintKey: (lifeMs) => {
      const key = secret();
      keys.push({ hash: hash(key), untilMs: lifeMs === null ? Infinity : nowMs() + lifeMs });
      if (keys.length > MAX_KEYS) keys.shift();
      return key;
    },
    redeem: (key) => {
      const wanted = hash(key);
      const at = keys.findIndex((known) => timingSafeEqual(known.hash, wanted));
      const [found] = at < 0 ? [] : keys.splice(at, 1);
      if (!found || found.untilMs < nowMs()) return null;
      const session = secret();
      sessions.push(hash(session));
      if (sessions.length > MAX_SESSIONS) sessions.shift();
      return session;
    },
    isKnown: (session) => {
      const wanted = hash(session);
      return sessions.some((known) => timingSafeEqual(known, wanted));
    },
  };
}

function secret(): string {
  return randomBytes(32).toString("base64url");
}

function hash(text: string): Buffer {
  return createHash("sha256").update(text).digest();
}

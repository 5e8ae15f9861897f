import { randomBytes, scrypt, timingSafeEqual } from "node:crypto";
import type { Clock } from "../clock.ts";
import { Refusal } from "../contract/refusals.ts";
import type { SettingsKeeper, SettingsRoom } from "./settings-store.ts";

const KEY_BYTES = 32;
const TRIES = 5;
const LOCKED_MS = 60_000;
/** Wrong tries so far, as the log remembers them; as many as there are tries: locked. */
const KEPT = "wrongPins";

/**
 * The manager's PIN: kept as a salted scrypt hash, with a pause after five wrong tries. A restart ends neither: a pause
 * that was under way begins anew. Only time that passes counts, never the wall clock, so setting the computer's
 * clock neither ends a pause nor makes it longer.
 */
export class ManagerPin {
  private readonly settings: SettingsRoom;
  private readonly clock: Clock;
  private readonly keeper: SettingsKeeper;
  private wrong: number;
  private lockedUntilMs = 0;
  private stopPause: () => void = () => {};
  private turn: Promise<void> = Promise.resolve();

  constructor(settings: SettingsRoom, clock: Clock, keeper: SettingsKeeper) {
    this.settings = settings;
    this.clock = clock;
    this.keeper = keeper;
    this.wrong = Number(keeper.kept(KEPT) ?? 0) || 0;
    if (this.wrong >= TRIES) this.lock();
  }

  /** The till ends; a pause under way is remembered. */
  stop(): void {
    this.stopPause();
  }

  async set(pin: string): Promise<void> {
    const salt = randomBytes(16);
    const key = await derive(pin, salt);
    this.settings.setPinHash(`${salt.toString("base64url")}.${key.toString("base64url")}`);
  }

  /**
   * One at a time: tries sent all at once would otherwise pass the lock together.
   * @throws Refusal WRONG_PIN {triesLeft} or PIN_LOCKED {seconds}.
   */
  demand(pin: string): Promise<void> {
    const answer = this.turn.then(() => this.check(pin));
    this.turn = answer.catch(() => {});
    return answer;
  }

  private async check(pin: string): Promise<void> {
    const leftMs = this.lockedUntilMs - this.clock.monotonicMs();
    if (leftMs > 0) throw new Refusal("PIN_LOCKED", { seconds: Math.ceil(leftMs / 1000) });
    // The pause is over, though its timer may not have said so yet.
    if (this.wrong >= TRIES) this.count(0);
    const [salt, key] = (this.settings.pinHash() ?? "").split(".");
    if (salt && key) {
      const given = await derive(pin, Buffer.from(salt, "base64url"));
      if (timingSafeEqual(given, Buffer.from(key, "base64url"))) {
        this.count(0);
        return;
      }
    }
    this.count(this.wrong + 1);
    if (this.wrong >= TRIES) {
      this.lock();
      throw new Refusal("PIN_LOCKED", { seconds: LOCKED_MS / 1000 });
    }
    throw new Refusal("WRONG_PIN", { triesLeft: TRIES - this.wrong });
  }

  private lock(): void {
    this.lockedUntilMs = this.clock.monotonicMs() + LOCKED_MS;
    this.stopPause();
    this.stopPause = this.clock.setTimer(LOCKED_MS, () => this.count(0));
  }

  private count(wrong: number): void {
    if (wrong === this.wrong) return;
    this.wrong = wrong;
    try {
      this.keeper.keep(KEPT, String(wrong));
    } catch {
      // A disk that takes nothing forgets it with this run; until then it counts all the same.
    }
  }
}

function derive(pin: string, salt: Buffer): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    scrypt(pin, salt, KEY_BYTES, (error, key) => (error ? reject(error) : resolve(key)));
  });
}

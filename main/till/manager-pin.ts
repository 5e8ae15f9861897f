import { randomBytes, scrypt, timingSafeEqual } from "node:crypto";
import type { Clock } from "../clock.ts";
import { Refusal } from "../contract/refusals.ts";
import type { SettingsRoom } from "./settings-store.ts";

const KEY_BYTES = 32;
const TRIES = 5;
const LOCKED_MS = 60_000;

/** The manager's PIN: kept as a salted scrypt hash, with a pause after five wrong tries. */
export class ManagerPin {
  private readonly settings: SettingsRoom;
  private readonly clock: Clock;
  private wrong = 0;
  private lockedUntilMs = 0;
  private turn: Promise<void> = Promise.resolve();

  constructor(settings: SettingsRoom, clock: Clock) {
    this.settings = settings;
    this.clock = clock;
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
    const [salt, key] = (this.settings.pinHash() ?? "").split(".");
    if (salt && key) {
      const given = await derive(pin, Buffer.from(salt, "base64url"));
      if (timingSafeEqual(given, Buffer.from(key, "base64url"))) {
        this.wrong = 0;
        return;
      }
    }
    this.wrong += 1;
    if (this.wrong >= TRIES) {
      this.wrong = 0;
      this.lockedUntilMs = this.clock.monotonicMs() + LOCKED_MS;
      throw new Refusal("PIN_LOCKED", { seconds: LOCKED_MS / 1000 });
    }
    throw new Refusal("WRONG_PIN", { triesLeft: TRIES - this.wrong });
  }
}

function derive(pin: string, salt: Buffer): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    scrypt(pin, salt, KEY_BYTES, (error, key) => (error ? reject(error) : resolve(key)));
  });
}

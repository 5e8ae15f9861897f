import { mkdirSync } from "node:fs";
import Conf from "conf";
import { scaledClock, type Clock } from "../../../main/clock.ts";
import type { CallInput, CallName, CallOutput } from "../../../main/contract/calls.ts";
import type { ReceiptState } from "../../../main/domain/receipt/state.ts";
import { createTill, type Till } from "../../../main/till.ts";

/** Durations pass as the computer's, times a factor; what the wall clock shows is set by hand. */
export class SetClock implements Clock {
  private readonly passing: Clock;
  private offsetMs = 0;

  constructor(factor: number) {
    this.passing = scaledClock(factor);
  }

  set(wallMs: number): void {
    this.offsetMs = wallMs - this.passing.nowMs();
  }

  nowMs(): number {
    return this.passing.nowMs() + this.offsetMs;
  }

  monotonicMs(): number {
    return this.passing.monotonicMs();
  }

  setTimer(delayMs: number, run: () => void): () => void {
    return this.passing.setTimer(delayMs, run);
  }
}

/** A till in this process whose wall clock can be set: what happened before a spec begins. */
export interface EarlierTill {
  clock: SetClock;
  ask<N extends CallName>(name: N, input: CallInput<N>): Promise<CallOutput<N>>;
  /** Resolves once the till says this of a receipt. */
  until(saleId: number, state: ReceiptState): Promise<void>;
}

/** Opens the books that no other till has open, hands them to `use`, and closes them in order. */
export async function withEarlierTill(
  dataDir: string,
  use: (till: EarlierTill) => Promise<void>,
  clock = new SetClock(4),
): Promise<void> {
  mkdirSync(dataDir, { recursive: true });
  const till = await createTill({
    dataDir,
    clock,
    settings: new Conf({ cwd: dataDir, configName: "settings" }),
    report: (where, error) => {
      throw new Error(`unexpected in ${where}`, { cause: error });
    },
  });
  const ask: EarlierTill["ask"] = async (name, input) => {
    const reply = await till.dispatch(name, input);
    if (!reply.ok) throw new Error(`${name} was refused: ${JSON.stringify(reply.refusal)}`);
    return reply.value as CallOutput<typeof name>;
  };
  try {
    await use({
      clock,
      ask,
      until: (saleId, state) =>
        onStatus(till, async () => {
          const { status } = await ask("history.sale", { saleId });
          return status.state === state;
        }),
    });
  } finally {
    await till.close();
  }
}

/** Longer than any receipt takes; then it has come to something else. */
const PATIENCE_MS = 20_000;

/** Resolves when `isReached` is true now or after some change of the till; rejects when it never is. */
function onStatus(till: Till, isReached: () => Promise<boolean>): Promise<void> {
  return new Promise((resolve, reject) => {
    const end = (settle: () => void) => {
      clearTimeout(timer);
      stop();
      settle();
    };
    const look = () => {
      isReached().then((reached) => reached && end(resolve), reject);
    };
    const timer = setTimeout(
      () => end(() => reject(new Error("The receipt has come to something else."))),
      PATIENCE_MS,
    );
    const stop = till.listen("status", look);
    look();
  });
}

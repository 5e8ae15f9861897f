import type { Clock } from "../clock.ts";
import { Arrival } from "./arrival.ts";
import { ASK_PAPER_SENSOR, askId, CUT } from "./escpos/commands.ts";
import type { EncodedDocument } from "./escpos/encode.ts";
import { FenceIds } from "./fence-ids.ts";
import { proofTimeoutMs, soonestProofMs } from "./job.ts";
import { Mailbox } from "./mailbox.ts";
import { SensorProof } from "./sensor-asks.ts";
import type { PrinterSession } from "./session.ts";

const SENSOR_TIMEOUT_MS = 2_000;

export interface FenceFound {
  /** It said anything at all. */
  answers: boolean;
  fence: "id" | "paperStatus" | "none";
  /** From sending to the answer behind the slip, null when none came. */
  replyMs: number | null;
}

/**
 * Prints a slip and sees what comes back from behind it. An answer that came sooner than the paper
 * could move is no fence. Tries GS ( H first, then GS r 1 behind the same slip again.
 */
export async function probeFence(
  session: PrinterSession,
  clock: Clock,
  slip: EncodedDocument,
): Promise<FenceFound> {
  const id = new FenceIds().take();
  const soonestMs = soonestProofMs(slip.paperMm);
  const first = await timeReply(session, clock, slip, askId(id), (event) =>
    event.type === "id" ? event.id === id : false,
  );
  session.write(CUT).catch(() => {});
  if (first !== null && first >= soonestMs)
    return { answers: true, fence: "id", replyMs: Math.round(first) };
  const sensor = new SensorProof(session.expectSensor());
  const second = await timeReply(session, clock, slip, ASK_PAPER_SENSOR, (event) => {
    if (event.type !== "paperSensor") return false;
    const whose = sensor.take(false);
    if (whose === "again") {
      session.expectSensor();
      session.write(ASK_PAPER_SENSOR).catch(() => {});
    }
    return whose === "ours" && (event.byte & 0x0c) === 0;
  });
  session.write(CUT).catch(() => {});
  if (second !== null && second >= soonestMs)
    return { answers: true, fence: "paperStatus", replyMs: Math.round(second) };
  return { answers: session.heard, fence: "none", replyMs: null };
}

/** With the cover open a printer that really waits for its paper gives no good answer to GS r 1. */
export async function refusesWithCoverOpen(
  session: PrinterSession,
  clock: Clock,
): Promise<boolean> {
  const condition = await session.askCondition();
  // Where the cover can be seen it must be open, or the test proves nothing.
  if (condition && condition.stop !== "coverOpen") return false;
  const mailbox = new Mailbox(session, clock);
  const sensor = new SensorProof(session.expectSensor());
  session.write(ASK_PAPER_SENSOR).catch(() => {});
  const deadlineMs = clock.monotonicMs() + SENSOR_TIMEOUT_MS;
  try {
    for (;;) {
      const event = await mailbox.next(deadlineMs - clock.monotonicMs());
      if (event === null) return true;
      if (event.type === "closed") return false;
      if (event.type !== "paperSensor") continue;
      // A good answer may be owed to an earlier paper; with the cover open even that is no good sign.
      if ((event.byte & 0x0c) === 0) return false;
      if (sensor.take(false) === "ours") return true;
    }
  } finally {
    mailbox.close();
  }
}

async function timeReply(
  session: PrinterSession,
  clock: Clock,
  slip: EncodedDocument,
  fence: Uint8Array,
  isReply: (event: NonNullable<Awaited<ReturnType<Mailbox["next"]>>>) => boolean,
): Promise<number | null> {
  const mailbox = new Mailbox(session, clock);
  let startedMs = clock.monotonicMs();
  const arrival = new Arrival(clock);
  const deadlineMs = startedMs + proofTimeoutMs(slip.paperMm);
  const left = (atMs: number) => {
    startedMs = Math.max(startedMs, atMs);
  };
  session.write(new Uint8Array(Buffer.concat([slip.bytes, fence])), left).catch(() => {});
  try {
    for (;;) {
      const event = await mailbox.next(deadlineMs - clock.monotonicMs());
      if (event === null || event.type === "closed") return null;
      // A lie that lay unread while the till was busy must not look as if it had taken its time.
      if (isReply(event)) return (event.arrivedMs ?? arrival.earliestMs()) - startedMs;
    }
  } finally {
    arrival.stop();
    mailbox.close();
  }
}

import type { Clock } from "../clock.ts";
import type { PrinterSession } from "./session.ts";

/** GS I n: 66 maker, 67 model, 65 firmware. Clones say what they like. (Epson, GS I) */
const FACTS = [66, 67, 65] as const;
const TIMEOUT_MS = 400;

/**
 * What a printer calls itself, to notice that another one, or another firmware, stands there now.
 * Nothing else may be concluded from it. @returns null when it does not say.
 */
export async function askFingerprint(
  session: PrinterSession,
  clock: Clock,
): Promise<string | null> {
  const facts: string[] = [];
  for (const fact of FACTS) {
    const text = await ask(session, clock, fact);
    if (text !== null) facts.push(text);
  }
  return facts.length === 0 ? null : facts.join(" / ");
}

function ask(session: PrinterSession, clock: Clock, n: number): Promise<string | null> {
  return new Promise((resolve) => {
    const finish = (text: string | null) => {
      cancel();
      stop();
      resolve(text);
    };
    const cancel = clock.setTimer(TIMEOUT_MS, () => finish(null));
    const stop = session.listen((event) => {
      if (event.type === "about") finish(event.text);
      if (event.type === "closed") finish(null);
    });
    session.write(Uint8Array.of(0x1d, 0x49, n)).catch(() => finish(null));
  });
}

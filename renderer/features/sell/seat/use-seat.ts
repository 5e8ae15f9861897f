import { useCallback, useEffect, useEffectEvent, useRef, useState } from "react";

const SEAT = "slipsure.seat";
/** A window that does not answer for so long hangs: its seat is taken without asking. */
const ANSWER_MS = 3_000;

/** Whether this window is the one that sells. */
export type Seat = "asking" | "here" | "elsewhere";

/** "asks": a window wants the seat. "free": the one that had it has let go of the basket. */
type Message = { kind: "asks" | "free" };

/**
 * One window of a till sells at a time; the others wait until it is closed, or until somebody asks for the seat there.
 * A window that is closed, or crashes, gives the seat up by itself (Web Locks).
 * @param rest called before the seat is given away; resolves when the till has all of the basket
 */
export function useSeat(rest: () => Promise<void>): { seat: Seat; takeSeat: () => void } {
  const [seat, setSeat] = useState<Seat>("asking");
  const [tries, setTries] = useState(0);
  const isTaking = useRef(false);
  const letGo = useEffectEvent(rest);

  useEffect(() => {
    const channel = new BroadcastChannel(SEAT);
    const waiting = new AbortController();
    const end = Promise.withResolvers<void>();
    let isOver = false;
    let isHere = false;
    const steal = isTaking.current;
    isTaking.current = false;
    const sit = () => {
      isHere = true;
      if (!isOver) setSeat("here");
      return end.promise;
    };
    const lost = () => {
      if (isOver) return;
      setSeat("elsewhere");
      setTries((count) => count + 1);
    };
    navigator.locks
      .request(SEAT, steal ? { steal } : { signal: waiting.signal }, sit)
      .then(undefined, lost);
    // Those that would have to wait see at once that another window sells.
    void navigator.locks.query().then(({ held = [] }) => {
      if (!isOver && !isHere && held.some(({ name }) => name === SEAT)) setSeat("elsewhere");
    });
    channel.onmessage = ({ data }: MessageEvent<Message>) => {
      if (data.kind !== "asks" || !isHere) return;
      setSeat("elsewhere");
      void letGo().finally(() => channel.postMessage({ kind: "free" }));
    };
    return () => {
      isOver = true;
      channel.close();
      waiting.abort();
      end.resolve();
    };
  }, [tries]);

  const takeSeat = useCallback(() => {
    const channel = new BroadcastChannel(SEAT);
    const take = () => {
      clearTimeout(timer);
      channel.close();
      isTaking.current = true;
      setTries((count) => count + 1);
    };
    const timer = setTimeout(take, ANSWER_MS);
    channel.onmessage = ({ data }: MessageEvent<Message>) => data.kind === "free" && take();
    channel.postMessage({ kind: "asks" } satisfies Message);
  }, []);

  return { seat, takeSeat };
}

import { useEffect, useRef } from "react";
import type { TillStatus } from "../../../../main/contract/status.ts";
import styles from "./slot.module.css";

/** A thin line in the slot that runs as long as the paper should; stops where the printer stops. */
export function PrintProgress({ progress }: { progress: NonNullable<TillStatus["progress"]> }) {
  const bar = useRef<HTMLSpanElement>(null);
  const run = useRef<Animation | null>(null);
  const { saleId, attempt, durationMs, state } = progress;

  useEffect(() => {
    run.current =
      bar.current?.animate([{ transform: "scaleX(0)" }, { transform: "scaleX(0.97)" }], {
        duration: Math.max(durationMs, 300),
        fill: "forwards",
        easing: "linear",
      }) ?? null;
    return () => run.current?.cancel();
  }, [saleId, attempt, durationMs]);

  useEffect(() => {
    if (state === "blocked") run.current?.pause();
    else run.current?.play();
  }, [state]);

  return <span ref={bar} className={styles["progress"]} />;
}

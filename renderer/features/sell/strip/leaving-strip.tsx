import { useEffect, useRef } from "react";
import { useStatus } from "../../../bridge/index.ts";
import { cx, PaperStrip } from "../../../ui/index.ts";
import type { CompletedSale } from "../sell-context.ts";
import styles from "./leaving-strip.module.css";

/** Until the till tells how long this paper takes. */
const USUAL_MS = 2_400;
const TEAR_MS = 260;

/**
 * The completed receipt on its way up into the slot, at the pace of the real paper. It stops where the
 * printer stops; proof tears it off. It lies above the next strip and is never waited for.
 */
export function LeavingStrip({ sale }: { sale: CompletedSale }) {
  const { progress, lastSale, rail } = useStatus();
  const paper = useRef<HTMLDivElement>(null);
  const ride = useRef<Animation | null>(null);
  const owed = rail.find((item) => item.saleId === sale.saleId);
  const isProven = lastSale?.saleId === sale.saleId && lastSale.state === "printed";
  const isStuck = owed !== undefined && /^(blocked|failed|unknown)$/.test(owed.state);
  const durationMs = progress?.saleId === sale.saleId ? progress.durationMs : USUAL_MS;

  useEffect(() => {
    const isCalm = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
    ride.current =
      paper.current?.animate(
        isCalm
          ? [{ opacity: 1 }, { opacity: 0 }]
          : [{ transform: "translateY(0)" }, { transform: "translateY(-100%)" }],
        { duration: durationMs, fill: "forwards", easing: isCalm ? "ease" : "linear" },
      ) ?? null;
    return () => ride.current?.cancel();
  }, [durationMs]);

  useEffect(() => {
    const animation = ride.current;
    if (!animation) return;
    if (isProven) animation.updatePlaybackRate(Math.max(1, durationMs / TEAR_MS));
    else if (isStuck) animation.pause();
    else animation.play();
  }, [isProven, isStuck, durationMs]);

  return (
    <div className={styles["layer"]} aria-hidden="true" data-leaving="">
      <div ref={paper} className={cx(styles["paper"], isStuck && styles["stuck"])}>
        <PaperStrip {...sale.strip} />
      </div>
    </div>
  );
}

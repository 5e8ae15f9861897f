import { useFormat } from "../../ui/index.ts";
import styles from "./clock.module.css";
import { useNow } from "./use-now.ts";

export function Clock() {
  const nowMs = useNow();
  const format = useFormat();
  return (
    <time className={styles["clock"]} dateTime={new Date(nowMs).toISOString()}>
      {format.time(nowMs)}
    </time>
  );
}

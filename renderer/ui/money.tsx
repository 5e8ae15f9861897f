import { formatAmount, symbolOf } from "../../main/domain/money.ts";
import { useSettings } from "../bridge/till-context.tsx";
import { cx } from "./cx.ts";
import { groupThousands } from "./format.ts";
import styles from "./money.module.css";

/** An amount in tabular figures; `isBig` sets the sign and the decimals smaller than the whole. */
export function Money({
  minor,
  isBig = false,
  className,
}: {
  minor: number;
  isBig?: boolean;
  className?: string | undefined;
}) {
  const { currency } = useSettings();
  const amount = groupThousands(formatAmount(Math.abs(minor), currency));
  const sign = `${minor < 0 ? "−" : ""}${symbolOf(currency)}`;
  const point = amount.indexOf(".");
  if (!isBig || point < 0)
    return (
      <span className={cx(styles["money"], className)}>
        {sign}
        {amount}
      </span>
    );
  return (
    <span className={cx(styles["money"], styles["big"], className)}>
      <span className={styles["sign"]}>{sign}</span>
      {amount.slice(0, point)}
      <span className={styles["minor"]}>{amount.slice(point)}</span>
    </span>
  );
}

import { formatAmount, symbolOf, type Currency } from "../../main/domain/money.ts";
import styles from "./customer.module.css";

/** An amount to be read from two metres away: the sign and the decimals smaller than the whole. */
export function Amount({ minor, currency }: { minor: number; currency: Currency }) {
  const text = formatAmount(Math.abs(minor), currency);
  const [whole = "", decimals] = text.split(".");
  const grouped = whole.replaceAll(/\B(?=(?:\d{3})+$)/g, ",");
  return (
    <span className={styles["amount"]}>
      <span className={styles["sign"]}>{`${minor < 0 ? "−" : ""}${symbolOf(currency)}`}</span>
      {grouped}
      {decimals !== undefined && <span className={styles["decimals"]}>.{decimals}</span>}
    </span>
  );
}

import { useTranslation } from "react-i18next";
import type { BackupPreview } from "../../../../main/contract/backup.ts";
import { receiptNoOfBarcode } from "../../../../main/domain/receipt/layout.ts";
import { TextField } from "../../../ui/index.ts";

/** Receipts nobody sells between a copy and the day it is needed: what is typed beyond is a slip of the finger. */
const FAR = 100_000;

type Problem = "noNumber" | "far";

/** Whether the till of the backup may have sold more than any books here know of. */
export function asksLastOnPaper({ here }: BackupPreview, isEmptyHere: boolean): boolean {
  return here === null || isEmptyHere || here.relation === "other" || here.relation === "newer";
}

/** What was typed, or scanned from a receipt: its number; null for nothing. */
export function readLastOnPaper(text: string, newestSaleId: number): number | null | Problem {
  const said = text.trim().toUpperCase();
  if (said === "") return null;
  const number = /^\d{1,9}$/.test(said) ? Number(said) : receiptNoOfBarcode(said);
  if (number === null || number === 0) return "noNumber";
  return number > newestSaleId + FAR ? "far" : number;
}

/** Asks for the number on the newest receipt on paper; it may stay empty. */
export function LastOnPaper({
  value,
  onChange,
  problem,
  newestSaleId,
}: {
  value: string;
  onChange: (text: string) => void;
  problem: Problem | null;
  newestSaleId: number;
}) {
  const { t } = useTranslation("backup");
  return (
    <TextField
      label={t("restore.paper.label")}
      hint={t("restore.paper.hint", { id: newestSaleId })}
      error={problem && t(`restore.paper.${problem}`, { id: newestSaleId })}
      value={value}
      onChange={onChange}
      inputMode="numeric"
      isNumeric
      autoComplete="off"
      onKeyDown={(event) => {
        // A scanner ends with Enter: that is no agreement to anything.
        if (event.key === "Enter") event.preventDefault();
      }}
    />
  );
}

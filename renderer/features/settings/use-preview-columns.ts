import type { Columns } from "../../../main/contract/printers.ts";
import { COLUMNS_OF_WIDTH } from "../../../main/domain/receipt/layout.ts";
import { useStatus } from "../../bridge/index.ts";

export interface PreviewColumns {
  columns: Columns;
  /** Seen on a slip of the printer, not only usual for the width of its paper. */
  isTriedOut: boolean;
}

/** Characters a line on the receipt printer: as it was tried out, else what is usual for the paper. */
export function usePreviewColumns(widthMm: 58 | 80): PreviewColumns {
  const { qualification } = useStatus().printer;
  return qualification
    ? { columns: qualification.columns, isTriedOut: true }
    : { columns: COLUMNS_OF_WIDTH[widthMm], isTriedOut: false };
}

import type { Columns } from "../../../main/contract/printers.ts";
import { columnsOf } from "../../../main/domain/receipt/layout.ts";
import { useStatus } from "../../bridge/index.ts";

export interface PreviewColumns {
  columns: Columns;
  /** Seen on a slip of the printer, not only usual for the width of its paper. */
  isTriedOut: boolean;
}

/** Characters a line on the receipt printer: as it was tried out, else what is usual for the paper. */
export function usePreviewColumns(widthMm: 58 | 80): PreviewColumns {
  const { qualification } = useStatus().printer;
  return {
    columns: columnsOf(qualification, widthMm),
    isTriedOut: qualification !== null,
  };
}

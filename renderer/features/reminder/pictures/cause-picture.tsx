import type { CauseCode } from "../../../../main/domain/receipt/cause.ts";
import type { ReceiptState } from "../../../../main/domain/receipt/state.ts";
import {
  CablePicture,
  CoverPicture,
  CutterPicture,
  LookPicture,
  PaperOutPicture,
  PowerPicture,
  SettingsPicture,
  WaitPicture,
} from "./pictures.tsx";

/** What to do with the printer, drawn. When the outcome is unknown, looking comes before fixing. */
export function CausePicture({ cause, state }: { cause: CauseCode | null; state: ReceiptState }) {
  if (state === "unknown") return <LookPicture />;
  switch (cause) {
    case "paperOut":
    case "notPrinting":
      return <PaperOutPicture />;
    case "coverOpen":
      return <CoverPicture />;
    case "cutterJam":
      return <CutterPicture />;
    case "unreachable":
    case "connectionLost":
      return <CablePicture />;
    case "printerError":
    case "power":
    case "ageing":
      return <PowerPicture />;
    case "overheated":
    case "busy":
      return <WaitPicture />;
    case "noPrinter":
    case "autoPrintOff":
    case "wrongWidth":
    case "queuePaused":
      return <SettingsPicture />;
    default:
      return <PowerPicture />;
  }
}

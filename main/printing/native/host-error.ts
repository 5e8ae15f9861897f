import { PrinterUnreachable } from "../transport.ts";

/** The printer host ended, hung or could not be started; what it was asked has no answer. */
export class PrinterHostGone extends Error {
  /** It lived; one answer did not come in time, and it served nobody else. */
  readonly isLateAnswer: boolean;

  constructor(detail: string, isLateAnswer = false) {
    super(detail);
    this.name = "PrinterHostGone";
    this.isLateAnswer = isLateAnswer;
  }
}

/** For calls that hand nothing over: whatever went wrong, it is safe to try again. */
export function asUnreachable(error: unknown): PrinterUnreachable {
  if (error instanceof PrinterUnreachable) return error;
  return new PrinterUnreachable("unreachable", messageOf(error));
}

export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

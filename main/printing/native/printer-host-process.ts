/** The printer host as the till sees it: a process that takes and sends messages. */
export interface PrinterHostProcess {
  /** Never throws; a message to a process that has gone is lost, and `onExit` says so. */
  send(message: unknown): void;
  onMessage(listener: (message: unknown) => void): void;
  /** Called once, also when the process could not be started. `code`: null when a signal ended it. */
  onExit(listener: (code: number | null) => void): void;
  /** Ends it at once, even if it hangs. */
  kill(): void;
}

export type SpawnPrinterHost = () => PrinterHostProcess;

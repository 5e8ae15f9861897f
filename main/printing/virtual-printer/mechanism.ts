import type { LineContent } from "./line-layout.ts";

/** A question the printer answers when it gets to it in the buffer. */
export type QueuedRequest =
  /** `endPosition`: stream position just behind the command. */
  | { kind: "processId"; id: readonly number[]; endPosition: number }
  | { kind: "paperSensor"; endPosition: number }
  | { kind: "drawerSensor" }
  | { kind: "printerId"; n: number };

/** What the interpreter can make the printer do. Everything is done in the order it was asked for. */
export interface PrintMechanism {
  /** Prints a line and moves the paper on by `mm`. */
  print(content: LineContent, mm: number): void;
  feed(mm: number): void;
  /** Feeds to the cutter plus `extraMm` first, when given. */
  cut(extraMm?: number): void;
  answer(request: QueuedRequest): void;
  openDrawer(): void;
  beep(): void;
  /** GS a */
  setAutomaticStatus(mask: number): void;
  /** GS ( H fn 49: 0 off, 1 without and 2 with the cause. */
  setOfflineResponse(mode: 0 | 1 | 2): void;
  /** ESC c 4: bits 0 and 1 stop printing at the near end of the roll. */
  setStopSensors(mask: number): void;
  unknownCommand(bytes: Uint8Array): void;
}

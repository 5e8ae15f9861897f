/** What becomes of a slip when an answer is given. */
export type SlipFate = "print" | "tray" | "stay" | "strike" | "ask";

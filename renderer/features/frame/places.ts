import type { Route } from "../../routing.ts";

export interface Place {
  page: Exclude<Route["page"], "printDay">;
  hash: string;
  /** As it stands on the keyboard. */
  key: string;
}

/** The rooms of the till, in the order of the main menu. */
export const PLACES: readonly Place[] = [
  { page: "sell", hash: "#/sell", key: "Alt+1" },
  { page: "history", hash: "#/history", key: "Alt+2" },
  { page: "dayEnd", hash: "#/day-end", key: "Alt+3" },
  { page: "settings", hash: "#/settings", key: "Alt+4" },
];

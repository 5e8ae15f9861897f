/** What the person says came out before this print; null when nobody was asked. */
export type Seen = "nothing" | "half" | null;

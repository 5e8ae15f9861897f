import { FEEDS, type FeedName } from "../contract/calls.ts";

/** What the customers' screen hears. */
export const CUSTOMER_FEEDS: readonly FeedName[] = ["customer"];

/** What the till's own page hears: everything else. */
export const TILL_FEEDS: readonly FeedName[] = (Object.keys(FEEDS) as FeedName[]).filter(
  (name) => !CUSTOMER_FEEDS.includes(name),
);

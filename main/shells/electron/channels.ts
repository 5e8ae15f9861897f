/** Names of the three messages between a page and the till; the preload and `ipc.ts` share them. */
export const CALL_CHANNEL = "till:call";
/** A page asks for the feeds. */
export const FOLLOW_CHANNEL = "till:follow";
/** A feed's name and value. */
export const FEED_CHANNEL = "till:feed";

/** Ways to business managers, by the names that stand in the database: never renamed. */
export const CHANNEL_NAMES = ["webhook", "email"] as const;
export type ChannelName = (typeof CHANNEL_NAMES)[number];

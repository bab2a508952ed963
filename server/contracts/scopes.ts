/** What an API key may be made for; server/access/can.ts says which actions each of them opens. */
export const SCOPES = ["ingest", "read", "features", "key-users", "replay"] as const;
export type Scope = (typeof SCOPES)[number];

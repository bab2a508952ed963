/** What a node does: `all` may become the writer; `web` serves people and takes events, and hands these to the writer. */
export const NODE_ROLES = ["all", "web"] as const;
export type NodeRole = (typeof NODE_ROLES)[number];

import type { CustomerContact } from "./api/retention.ts";
import type { ContactBar } from "./reveal.ts";

/** What stands against calling a customer. */
export const barsOf = ({ barred, reached, limit }: CustomerContact): ContactBar[] => [
  ...(barred ? (["do_not_contact"] as const) : []),
  ...(limit.times > 0 && reached >= limit.times ? (["limit"] as const) : []),
];

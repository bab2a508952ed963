import type { Proposal } from "#server/contracts/api/proposals.ts";

/** What is said of an act that was not done. */
export const waits = ({ id, expiresAt }: Proposal): string =>
  `Nothing is done yet: proposal ${id} waits until ${expiresAt} for an administrator, who confirms it under /admin/settings.`;

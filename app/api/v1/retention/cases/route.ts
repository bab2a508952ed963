import { handle } from "#server/access/handle.ts";
import { casesQuery } from "#server/contracts/api/retention.ts";
import { retentionCases } from "#server/retention/retention-cases.ts";
import { runtime } from "#server/context.ts";

export const GET = handle({ action: "retention.read", query: casesQuery }, ({ query, actor }) =>
  retentionCases(runtime(), query, actor.id),
);

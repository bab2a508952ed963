import { context } from "#server/context.ts";
import { casesQuery } from "#server/contracts/api/retention.ts";
import { handle } from "#server/http/handle.ts";
import { retentionCases } from "#server/retention/retention-cases.ts";

export const GET = handle({ action: "retention.read", query: casesQuery }, ({ query, actor }) =>
  retentionCases(context(), query, actor.id),
);

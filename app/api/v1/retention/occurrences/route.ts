import { context } from "#server/context.ts";
import { occurrencesQuery } from "#server/contracts/api/retention.ts";
import { handle } from "#server/http/handle.ts";
import { findOccurrences } from "#server/retention/occurrences.ts";

export const GET = handle({ action: "retention.read", query: occurrencesQuery }, ({ query }) =>
  findOccurrences(context(), query),
);

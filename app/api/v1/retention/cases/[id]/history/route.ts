import { context } from "#server/context.ts";
import { handle } from "#server/http/handle.ts";
import { premiumHistory } from "#server/retention/premium-history.ts";
import { retentionCase } from "#server/retention/retention-case.ts";

export const GET = handle({ action: "retention.read" }, async ({ params }) => {
  const { id } = await retentionCase(context(), params.id ?? "");
  return premiumHistory(context(), id);
});

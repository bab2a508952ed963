import { handle } from "#server/access/handle.ts";
import { premiumHistory } from "#server/retention/premium-history.ts";
import { retentionCase } from "#server/retention/retention-case.ts";
import { runtime } from "#server/context.ts";

export const GET = handle({ action: "retention.read" }, async ({ params }) => {
  const { id } = await retentionCase(runtime(), params.id ?? "");
  return premiumHistory(runtime(), id);
});

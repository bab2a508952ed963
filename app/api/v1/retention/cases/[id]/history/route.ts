import { handle } from "../../../../../../../server/access/handle.ts";
import { premiumHistory } from "../../../../../../../server/queries/premium-history.ts";
import { retentionCase } from "../../../../../../../server/queries/retention-case.ts";
import { runtime } from "../../../../../../../server/runtime.ts";

export const GET = handle({ action: "retention.read" }, async ({ params }) => {
  const { id } = await retentionCase(runtime(), params.id ?? "");
  return premiumHistory(runtime(), id);
});

import { handle } from "../../../../../server/access/handle.ts";
import { lastPageKey } from "../../../../../server/contracts/api/audience.ts";
import { assert } from "../../../../../server/lib/assert.ts";
import { lastPages } from "../../../../../server/queries/last-pages.ts";
import { runtime } from "../../../../../server/runtime.ts";

export const GET = handle({ action: "features.read", query: lastPageKey }, async ({ query }) => {
  const key = { accountId: query.account_id, deviceId: query.device_id ?? null };
  const [answer] = await lastPages(runtime(), [key]);
  assert(answer, "one key has one answer");
  return answer;
});

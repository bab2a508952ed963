import { handle } from "#server/http/handle.ts";
import { lastPageKey } from "#server/contracts/api/audience.ts";
import { context } from "#server/context.ts";

export const GET = handle({ action: "features.read", query: lastPageKey }, ({ query }) =>
  context().lastPages.read({ accountId: query.account_id, deviceId: query.device_id ?? null }),
);

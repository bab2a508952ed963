import { context } from "#server/context.ts";
import { lastPageKey } from "#server/contracts/api/audience.ts";
import { handle } from "#server/http/handle.ts";

export const GET = handle({ action: "features.read", query: lastPageKey }, ({ query }) =>
  context().lastPages.read({ accountId: query.account_id, deviceId: query.device_id ?? null }),
);

import { handle } from "#server/access/handle.ts";
import { lastPageKey } from "#server/contracts/api/audience.ts";
import { runtime } from "#server/context.ts";

export const GET = handle({ action: "features.read", query: lastPageKey }, ({ query }) =>
  runtime().lastPages.read({ accountId: query.account_id, deviceId: query.device_id ?? null }),
);

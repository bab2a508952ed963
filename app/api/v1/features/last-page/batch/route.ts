import { lastPages } from "#server/audience/last-pages.ts";
import { context } from "#server/context.ts";
import { lastPageBatch } from "#server/contracts/api/audience.ts";
import { handle } from "#server/http/handle.ts";

export const POST = handle({ action: "features.read", body: lastPageBatch }, async ({ body }) => {
  const keys = body.keys.map((key) => ({ accountId: key.account_id, deviceId: key.device_id ?? null }));
  return { items: await lastPages(context(), keys) };
});

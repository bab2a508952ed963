import { handle } from "#server/access/handle.ts";
import { accountLastPages } from "#server/audience/last-pages.ts";
import { runtime } from "#server/context.ts";

export const GET = handle({ action: "audience.read" }, async ({ params }) => {
  const accountId = String(params.accountId);
  return { accountId, items: await accountLastPages(runtime(), accountId) };
});

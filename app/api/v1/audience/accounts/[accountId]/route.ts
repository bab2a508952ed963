import { accountLastPages } from "#server/audience/last-pages.ts";
import { context } from "#server/context.ts";
import { handle } from "#server/http/handle.ts";

export const GET = handle({ action: "audience.read" }, async ({ params }) => {
  const accountId = String(params.accountId);
  return { accountId, items: await accountLastPages(context(), accountId) };
});

import { dataScopeOf } from "../access/data-scope.ts";
import { lastPageBatch, lastPageKey } from "../contracts/api/audience.ts";
import { defineRoute } from "../http/define-route.ts";
import { accountLastPages, lastPages } from "./last-pages.ts";

export const AUDIENCE_ROUTES = [
  defineRoute({
    tag: "Audience",
    method: "GET",
    path: "/api/v1/features/last-page",
    summary: "The last page of an account, or of one of its devices",
    right: "features.read",
    query: lastPageKey,
    answer: { schema: "LastPage" },
    handle: ({ ctx, query }) =>
      ctx.lastPages.read({ accountId: query.account_id, deviceId: query.device_id ?? null }),
  }),
  defineRoute({
    tag: "Audience",
    method: "POST",
    path: "/api/v1/features/last-page/batch",
    summary: "Last pages of many keys, in their order",
    right: "features.read",
    body: { schema: lastPageBatch },
    answer: { schema: "LastPages" },
    handle: async ({ ctx, body }) => {
      const keys = body.keys.map((key) => ({ accountId: key.account_id, deviceId: key.device_id ?? null }));
      return { items: await lastPages(ctx, keys) };
    },
  }),
  defineRoute({
    tag: "Audience",
    method: "GET",
    path: "/api/v1/audience/now",
    summary: "Where users are now",
    right: "audience.read",
    answer: { schema: "AudienceNow" },
    handle: ({ ctx }) => ctx.audience.current(),
  }),
  defineRoute({
    tag: "Audience",
    method: "GET",
    path: "/api/v1/audience/accounts/{accountId}",
    summary: "All last pages of one account, newest first",
    right: "audience.read",
    answer: { schema: "AccountPages" },
    handle: async ({ ctx, actor, params: { accountId } }) => ({
      accountId,
      items: await accountLastPages(ctx, accountId, dataScopeOf(actor)),
    }),
  }),
];

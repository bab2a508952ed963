import { apiKeysQuery, keyRevocation, keyRotation, newApiKey } from "../contracts/api/api-keys.ts";
import { defineRoute } from "../http/define-route.ts";
import { apiKeys } from "./list-keys.ts";
import { makeKey } from "./make-key.ts";
import { revokeKey } from "./revoke-key.ts";
import { rotateKey } from "./rotate-key.ts";

const WRITE = { tag: "System", method: "POST", right: "api-keys.write" } as const;

export const API_KEY_ROUTES = [
  defineRoute({
    tag: "System",
    method: "GET",
    path: "/api/v1/api-keys",
    summary: "Keys of machines, newest first, without their secrets",
    right: "api-keys.read",
    query: apiKeysQuery,
    answer: { schema: "ApiKeysPage" },
    handle: ({ ctx, query }) => apiKeys(ctx, query),
  }),
  defineRoute({
    ...WRITE,
    path: "/api/v1/api-keys",
    summary: "Makes a key; its secret is in this answer alone",
    body: { schema: newApiKey },
    answer: { status: 201, schema: "IssuedApiKey" },
    handle: ({ ctx, actor, body: { expiresAt, ...asked } }) =>
      makeKey(ctx, actor.id, {
        ...asked,
        expiresAt: typeof expiresAt === "string" ? new Date(expiresAt) : expiresAt,
      }),
  }),
  defineRoute({
    ...WRITE,
    path: "/api/v1/api-keys/{id}/rotate",
    summary: "Makes a key in the place of another, which goes on for the overlap",
    description: "The new one has the same name, scopes, limit and length of life.",
    body: { schema: keyRotation },
    answer: { status: 201, schema: "IssuedApiKey" },
    handle: ({ ctx, actor, params, body }) => rotateKey(ctx, actor.id, params.id, body),
  }),
  defineRoute({
    ...WRITE,
    path: "/api/v1/api-keys/{id}/revoke",
    summary: "Ends a key for good; every process refuses it within two seconds",
    body: { schema: keyRevocation },
    answer: { schema: "ApiKey" },
    handle: ({ ctx, actor, params, body }) => revokeKey(ctx, actor.id, params.id, body.reason),
  }),
];

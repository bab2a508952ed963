import { AUTH_ROUTES } from "../access/auth-request.ts";
import { rightsOf } from "../access/can.ts";
import { context } from "../context.ts";
import { firstAdministrator, linkUse } from "../contracts/api/people.ts";
import { defineOpenRoute, defineRoute, type Route } from "../http/define-route.ts";
import { acceptInvitation, findInvitation } from "./accept-invitation.ts";
import { PEOPLE_ADMINISTRATION } from "./administration-routes.ts";
import { makeFirstAdministrator } from "./first-administrator.ts";
import { requireUnguardedReset, requireUnguardedRole } from "./guarded-accounts.ts";
import { hashOfToken } from "./link-token.ts";
import { spendReset } from "./use-reset.ts";

/** Signing in and out: nobody can have a right to it yet, and it sees to who may what itself. */
const SIGNING_IN = AUTH_ROUTES.map(
  ({ method, path }): Route => ({
    tag: "System",
    method,
    path,
    summary: "Signing in and out, single sign-on, and the second factor",
    right: "open",
    answer: { type: "application/json" },
    respond: (request) => context().authHandler(request),
  }),
);

export const PEOPLE_ROUTES: readonly Route[] = [
  defineRoute({
    tag: "System",
    method: "GET",
    path: "/api/v1/session",
    summary: "Who is signed in, and what they may do",
    right: "session.read",
    answer: { schema: "Session" },
    handle: async ({ actor }) => ({
      id: actor.id,
      name: actor.name,
      role: actor.kind === "person" ? actor.role : null,
      secondFactor: (actor.kind === "person" && actor.secondFactor) || "none",
      can: rightsOf(actor),
    }),
  }),
  defineOpenRoute({
    tag: "System",
    method: "POST",
    path: "/api/setup",
    summary: "Spends the one-time link of the log: its token is the right to make the first administrator",
    body: { schema: firstAdministrator },
    answer: { type: "application/json" },
    handle: async ({ ctx, body: { token, ...person } }) => {
      const id = await makeFirstAdministrator(ctx.db, token, person);
      ctx.log.info({ person: id }, "the first administrator is made");
      return { id };
    },
  }),
  defineOpenRoute({
    tag: "System",
    method: "POST",
    path: "/api/invitation",
    summary:
      "Spends the one-time link of an invitation: its token is the right to become the person that it names",
    body: { schema: linkUse },
    answer: { type: "application/json" },
    handle: async ({ ctx, body }) => {
      await requireUnguardedRole(ctx, (await findInvitation(ctx.db, body.token, ctx.now()))?.role ?? "");
      const { id, email } = await acceptInvitation(ctx.db, body, ctx.now());
      ctx.log.info({ person: id }, "an invitation was accepted");
      return { email };
    },
  }),
  defineOpenRoute({
    tag: "System",
    method: "POST",
    path: "/api/reset",
    summary: "Spends the one-time link by which a person chooses another password: its token is the right",
    body: { schema: linkUse },
    answer: { type: "application/json" },
    handle: async ({ ctx, body }) => {
      await requireUnguardedReset(ctx, { hash: hashOfToken(body.token) });
      return spendReset(ctx.db, body, ctx.now());
    },
  }),
  ...SIGNING_IN,
  ...PEOPLE_ADMINISTRATION,
];

import type { Actor } from "../access/can.ts";
import { secondFactorRule } from "../access/second-factor/rule.ts";
import { sessionSecret } from "../access/session-secret.ts";
import { ownPatch } from "../contracts/api/me.ts";
import { defineRoute, type Route } from "../http/define-route.ts";
import { Forbidden } from "../lib/errors.ts";
import { chooseTold } from "./choose-told.ts";
import { ownAccount, type Self } from "./own-account.ts";
import { endOtherSessions, endOwnSession, renameSelf } from "./own-acts.ts";

/** What belongs to whoever is signed in. */
export const OWN_ROUTES: readonly Route[] = [
  defineRoute({
    tag: "System",
    method: "GET",
    path: "/api/v1/me",
    summary: "One's own account: name, second factor, of what one is told, sessions",
    right: "self.write",
    answer: { schema: "OwnAccount" },
    handle: async ({ ctx: { db, cipher, config, mailer, now }, actor }) => {
      const asked = {
        db,
        secret: sessionSecret(cipher),
        rule: secondFactorRule(config),
        canMail: mailer !== null,
        now: new Date(now()),
      };
      return ownAccount(asked, selfOf(actor));
    },
  }),
  defineRoute({
    tag: "System",
    method: "PATCH",
    path: "/api/v1/me",
    summary: "Another name for oneself, or of what one is told by e-mail",
    right: "self.write",
    body: { schema: ownPatch },
    answer: { type: "application/json" },
    handle: async ({ ctx, actor, body }) => {
      const { name, told } = body;
      if (name !== undefined) await renameSelf(ctx.db, selfOf(actor), name);
      if (told !== undefined) await chooseTold(ctx.db, selfOf(actor), told);
      return {};
    },
  }),
  defineRoute({
    tag: "System",
    method: "DELETE",
    path: "/api/v1/me/sessions/{id}",
    summary: "Ends one of one's own sessions",
    right: "self.write",
    answer: { schema: "EndedSessions" },
    handle: async ({ ctx, actor, params }) => {
      await endOwnSession(ctx.db, selfOf(actor), params.id);
      return { sessions: 1 };
    },
  }),
  defineRoute({
    tag: "System",
    method: "DELETE",
    path: "/api/v1/me/sessions",
    summary: "Ends all of one's own sessions but the one that asks",
    right: "self.write",
    answer: { schema: "EndedSessions" },
    handle: async ({ ctx, actor }) => ({ sessions: await endOtherSessions(ctx.db, selfOf(actor)) }),
  }),
];

/** Machines have no right to any of these. */
function selfOf(actor: Actor): Self {
  if (actor.kind !== "person") throw new Forbidden();
  return actor;
}

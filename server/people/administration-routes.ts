import { z } from "zod";
import { ownOrigin } from "../access/client-address.ts";
import { secondFactorRule } from "../access/second-factor/rule.ts";
import { offeredProviders } from "../access/single-sign-on/kinds.ts";
import type { Context } from "../context.ts";
import { newInvitation, reasonBody } from "../contracts/api/people.ts";
import {
  PERSON_VERB_NAMES,
  PERSON_VERBS,
  type PersonVerbName,
  personReason,
} from "../contracts/person-verbs.ts";
import { waitingAnswer } from "../four-eyes/answer.ts";
import { isGuarded } from "../four-eyes/propose.ts";
import { defineRoute, type Route } from "../http/define-route.ts";
import { AppError } from "../lib/errors.ts";
import { giveLink } from "./give-link.ts";
import { requireUnguardedAccount, requireUnguardedRole } from "./guarded-accounts.ts";
import { type IssuedInvitation, invite, reissueInvitation, withdrawInvitation } from "./invitations.ts";
import { listPeople } from "./list-people.ts";
import { endSession, listSessions } from "./person-sessions.ts";
import { performVerb } from "./person-verbs.ts";
import { proposeRole } from "./propose-role.ts";
import { roleNamed, rolesWithRights } from "./roles.ts";

/** Where browsers reach the system: as it is configured, else as the asking page reached it. */
const originOf = ({ config }: Context, { headers }: Request): string =>
  config.PUBLIC_URL === undefined ? (ownOrigin(headers) ?? "") : new URL(config.PUBLIC_URL).origin;

const toldOf = async (ctx: Context, request: Request, { token, expiresAt, ...who }: IssuedInvitation) => ({
  ...who,
  link: await giveLink(ctx, originOf(ctx, request), { kind: "invitation", token, expiresAt, ...who }),
});

/** Who does it to themselves would go around the password that their own page asks for. */
class OwnAccount extends AppError {
  constructor() {
    super("own_account", 409, "Do this on the page of your own account.");
  }
}

const verbRoute = (name: PersonVerbName): Route =>
  defineRoute({
    tag: "People",
    method: "POST",
    path: `/api/v1/people/{id}/${name}`,
    summary: PERSON_VERBS[name].summary,
    right: "people.write",
    body: { schema: z.object({ reason: personReason, ...PERSON_VERBS[name].given }) },
    ...(name === "role" ? { isGuarded: true } : {}),
    answer: { schema: "PersonActed" },
    handle: async ({ ctx, actor, params, body, request }) => {
      if (params.id === actor.id && !PERSON_VERBS[name].onSelf) throw new OwnAccount();
      const { reason, ...given } = body;
      const act = { by: actor.id, reason, given: given as never, config: ctx.config };
      if (name === "role" && (await isGuarded(ctx, "roles"))) {
        return waitingAnswer(await proposeRole(ctx, { id: params.id }, act));
      }
      if (PERSON_VERBS[name].opensAccount) await requireUnguardedAccount(ctx, params.id);
      const { link, ...acted } = await performVerb(ctx.db, name, { id: params.id }, act, ctx.now());
      if (link === null) return { ...acted, link };
      return {
        ...acted,
        link: await giveLink(ctx, originOf(ctx, request), { kind: "reset", ...link, ...acted }),
      };
    },
  });

/** Who may come in: everybody with their state, and what can be done to an account. */
export const PEOPLE_ADMINISTRATION: readonly Route[] = [
  defineRoute({
    tag: "People",
    method: "GET",
    path: "/api/v1/people",
    summary: "Everybody who may sign in, could once, or is invited; and what each role may",
    right: "people.read",
    answer: { schema: "People" },
    handle: async ({ ctx }) => ({
      items: await listPeople(ctx.db, new Date(ctx.now()), secondFactorRule(ctx.config)),
      roles: rolesWithRights(),
      mails: ctx.mailer !== null,
      providers: offeredProviders(ctx.config),
    }),
  }),
  defineRoute({
    tag: "People",
    method: "POST",
    path: "/api/v1/people/invitations",
    summary: "Invites somebody by a one-time link, which is told this once and works for 72 hours",
    right: "people.write",
    body: { schema: newInvitation },
    answer: { status: 201, schema: "Invited" },
    handle: async ({ ctx, actor, body, request }) => {
      const { reason = null, role, ...who } = body;
      await requireUnguardedRole(ctx, role);
      const act = { by: actor.id, reason };
      return toldOf(ctx, request, await invite(ctx.db, { ...who, role: roleNamed(role) }, act, ctx.now()));
    },
  }),
  defineRoute({
    tag: "People",
    method: "POST",
    path: "/api/v1/people/invitations/{id}/reissue",
    summary: "Gives another link for an invitation; the one of before works no more",
    right: "people.write",
    body: { schema: reasonBody },
    answer: { schema: "Invited" },
    handle: async ({ ctx, actor, params, body, request }) => {
      const invited = await ctx.db.invitation.findUnique({
        where: { id: params.id },
        select: { role: true },
      });
      await requireUnguardedRole(ctx, invited?.role ?? "");
      const act = { by: actor.id, reason: body.reason };
      return toldOf(ctx, request, await reissueInvitation(ctx.db, params.id, act, ctx.now()));
    },
  }),
  defineRoute({
    tag: "People",
    method: "DELETE",
    path: "/api/v1/people/invitations/{id}",
    summary: "Takes an invitation back",
    right: "people.write",
    body: { schema: reasonBody },
    answer: { schema: "WithdrawnInvitation" },
    handle: ({ ctx, actor, params, body }) =>
      withdrawInvitation(ctx.db, params.id, { by: actor.id, reason: body.reason }),
  }),
  ...PERSON_VERB_NAMES.map(verbRoute),
  defineRoute({
    tag: "People",
    method: "GET",
    path: "/api/v1/people/{id}/sessions",
    summary: "Sessions of a person: device, address, since when, last seen",
    right: "people.read",
    answer: { schema: "PersonSessions" },
    handle: async ({ ctx, actor, params }) => {
      const own = actor.kind === "person" ? actor.sessionId : null;
      return { items: await listSessions(ctx.db, { id: params.id }, { own, now: ctx.now() }) };
    },
  }),
  defineRoute({
    tag: "People",
    method: "POST",
    path: "/api/v1/people/{id}/sessions/{sessionId}/end",
    summary: "Ends one session of a person; its sockets close within two seconds",
    right: "people.write",
    body: { schema: reasonBody },
    answer: { schema: "PersonActed" },
    handle: async ({ ctx, actor, params, body }) => {
      const act = { by: actor.id, reason: body.reason };
      return { ...(await endSession(ctx.db, { id: params.id }, params.sessionId, act)), link: null };
    },
  }),
];

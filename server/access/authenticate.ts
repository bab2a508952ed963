import { bearerOf } from "../lib/bearer.ts";
import type { ApiKeys } from "./api-keys.ts";
import type { Auth } from "./auth.ts";
import { type Actor, grantedTo, type PersonalExportRule, ROLES, type Role } from "./can.ts";
import { isInForce } from "./in-force.ts";
import { factorOfSession, type SecondFactorRule } from "./second-factor/rule.ts";
import { isTooOld } from "./session-age.ts";

/** What decides about sessions beside the database. */
export interface AuthenticateOptions {
  /** This process runs a demo: its people count. */
  readonly isDemo?: boolean;
  /** Of whom a second factor is asked. */
  readonly rule?: SecondFactorRule;
  /** Who exports personal data. */
  readonly personalExport?: PersonalExportRule;
  /** Is told whose session was used. */
  readonly seen?: (sessionId: string) => void;
}

/** Who sends these headers: a machine by its bearer key, a person by the session cookie, or nobody we know. */
export function createAuthenticate(
  auth: Auth,
  keys: ApiKeys,
  {
    isDemo = false,
    rule = "none",
    personalExport = "nobody",
    seen = () => undefined,
  }: AuthenticateOptions = {},
): (headers: Headers) => Promise<Actor | null> {
  return async (headers) => {
    if (bearerOf(headers)) return keys.authenticate(headers);
    const found = await auth.api.getSession({ headers });
    if (!found || isTooOld(found.session, Date.now()) || !isInForce(found.user, isDemo)) return null;
    const { session, user } = found;
    const { role } = user;
    if (!isRole(role)) return null;
    seen(session.id);
    const secondFactor = factorOfSession(rule, role, {
      isGiven: session.secondFactorAt instanceof Date,
      isEnrolled: user.twoFactorEnabled === true,
    });
    const { id, name, segments } = user;
    const granted = grantedTo(role, personalExport);
    return {
      kind: "person",
      id,
      name,
      role,
      segments: segments ?? [],
      sessionId: session.id,
      secondFactor,
      ...(granted.length > 0 ? { granted } : {}),
    };
  };
}

function isRole(role: unknown): role is Role {
  return (ROLES as readonly unknown[]).includes(role);
}

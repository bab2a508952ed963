import { bearerOf } from "../lib/bearer.ts";
import type { ApiKeys } from "./api-keys.ts";
import type { Auth } from "./auth.ts";
import { type Actor, ROLES, type Role } from "./can.ts";
import { isInForce } from "./in-force.ts";
import { factorOfSession, type SecondFactorRule } from "./second-factor/rule.ts";
import { isTooOld } from "./session-age.ts";

/**
 * Who sends these headers: a machine by its bearer key, a person by the session cookie, or nobody we know.
 * @param isDemo this process runs a demo: its people count
 * @param rule of whom a second factor is asked
 */
export function createAuthenticate(
  auth: Auth,
  keys: ApiKeys,
  isDemo = false,
  rule: SecondFactorRule = "none",
): (headers: Headers) => Promise<Actor | null> {
  return async (headers) => {
    if (bearerOf(headers)) return keys.authenticate(headers);
    const found = await auth.api.getSession({ headers });
    if (!found || isTooOld(found.session, Date.now()) || !isInForce(found.user, isDemo)) return null;
    const { session, user } = found;
    const { role } = user;
    if (!isRole(role)) return null;
    const secondFactor = factorOfSession(rule, role, {
      isGiven: session.secondFactorAt instanceof Date,
      isEnrolled: user.twoFactorEnabled === true,
    });
    return { kind: "person", id: user.id, name: user.name, role, sessionId: session.id, secondFactor };
  };
}

function isRole(role: unknown): role is Role {
  return (ROLES as readonly unknown[]).includes(role);
}

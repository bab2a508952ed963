import { bearerOf } from "../lib/bearer.ts";
import type { ApiKeys } from "./api-keys.ts";
import type { Auth } from "./auth.ts";
import { type Actor, ROLES, type Role } from "./can.ts";
import { isInForce } from "./in-force.ts";
import { isTooOld } from "./session-age.ts";

/**
 * Who sends these headers: a machine by its bearer key, a person by the session cookie, or nobody we know.
 * @param isDemo this process runs a demo: its people count
 * @param seen is told whose session was used
 */
export function createAuthenticate(
  auth: Auth,
  keys: ApiKeys,
  isDemo = false,
  seen: (sessionId: string) => void = () => undefined,
): (headers: Headers) => Promise<Actor | null> {
  return async (headers) => {
    if (bearerOf(headers)) return keys.authenticate(headers);
    const found = await auth.api.getSession({ headers });
    if (!found || isTooOld(found.session, Date.now()) || !isInForce(found.user, isDemo)) return null;
    const role = found.user.role;
    if (!isRole(role)) return null;
    seen(found.session.id);
    const { id, name, segments } = found.user;
    return { kind: "person", id, name, role, segments: segments ?? [], sessionId: found.session.id };
  };
}

function isRole(role: unknown): role is Role {
  return (ROLES as readonly unknown[]).includes(role);
}

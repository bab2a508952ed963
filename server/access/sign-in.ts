import { hash } from "node:crypto";
import { recordAct } from "../db/audit.ts";
import { Forbidden, Unauthenticated } from "../lib/errors.ts";
import type { AuthDesk } from "./auth-desk.ts";
import { clientAddress } from "./client-address.ts";

/** A name that somebody types at the sign-in, in small letters. */
type TypedName = { readonly email: string } | { readonly username: string };

/**
 * Signs a person in. Whoever is not let in gets one answer, whatever was wrong: the name, its form or the password.
 * @throws {Unauthenticated}
 */
export async function signIn(
  desk: AuthDesk,
  request: Request,
  body: object,
  name: TypedName,
): Promise<Response> {
  const person = await desk.db.user.findFirst({ where: name, select: { id: true } });
  const { headers } = request;
  const personId = person?.id ?? null;
  const response = await desk.guess(
    { headers, personId, account: accountOf(personId, name), at: "sign-in" },
    () => desk.ask(request, body),
  );
  if (response.status === 403) throw new Forbidden("Sign in on Tidewatch's own pages.");
  if (response.status < 500 && (!response.ok || personId === null)) {
    throw new Unauthenticated("That name and that password do not belong together.");
  }
  if (!response.ok || personId === null) return response;
  await recordAct(desk.pool, {
    actor: personId,
    action: "session.sign-in",
    subject: `person ${personId}`,
    details: {
      address: clientAddress(request),
      isKnownBrowser: desk.devices.deviceOf(headers, personId, Date.now()) !== null,
    },
  });
  return withDevice(desk, response, personId);
}

/** The answer with the cookie by which this browser is known from now on. */
export function withDevice({ devices }: AuthDesk, response: Response, personId: string): Response {
  const headers = new Headers(response.headers);
  headers.append("set-cookie", devices.issue(personId, Date.now()));
  headers.set("cache-control", "no-store");
  return new Response(response.body, { status: response.status, headers });
}

/** One account however it is named; what nobody goes by is counted alike, and what was typed is not kept. */
const accountOf = (personId: string | null, name: TypedName): string =>
  personId === null ? `name ${hash("sha256", JSON.stringify(name))}` : accountOfPerson(personId);

export const accountOfPerson = (personId: string): string => `person ${personId}`;

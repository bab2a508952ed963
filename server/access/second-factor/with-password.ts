import { InvalidInput, Unauthenticated } from "#server/lib/errors.ts";
import type { AuthContext } from "../auth-context.ts";
import type { Actor } from "../can.ts";

export type Person = Extract<Actor, { kind: "person" }>;

/** Who is signed in. @throws {Unauthenticated} */
export async function signedInPerson({ authenticate }: AuthContext, headers: Headers): Promise<Person> {
  const actor = await authenticate(headers);
  if (actor?.kind !== "person") throw new Unauthenticated("Sign in first.");
  return actor;
}

/**
 * Asks better-auth for what the signed-in person's password allows: a try like one at the sign-in.
 * @throws {InvalidInput} it is not right
 * @throws {TooBusy}
 */
export async function askWithPassword(
  ctx: AuthContext,
  request: Request,
  person: Person,
  body: { readonly password: string },
): Promise<Response> {
  const { headers } = request;
  const { email } = await ctx.db.user.findUniqueOrThrow({
    where: { id: person.id },
    select: { email: true },
  });
  const response = await ctx.guess(
    { headers, personId: person.id, name: { email }, says: "password", at: "second-factor" },
    () => ctx.ask(request, body),
  );
  if (response.status === 401) throw new Unauthenticated();
  if (response.status < 500 && !response.ok) {
    throw new InvalidInput("The password is not right.", { field: "password" });
  }
  return response;
}

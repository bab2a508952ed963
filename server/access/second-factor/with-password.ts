import { AppError, InvalidInput, Unauthenticated } from "#server/lib/errors.ts";
import type { AuthContext } from "../auth-context.ts";
import type { Actor } from "../can.ts";

export type Person = Extract<Actor, { kind: "person" }>;

/** Who is signed in. @throws {Unauthenticated} */
export async function signedInPerson({ authenticate }: AuthContext, headers: Headers): Promise<Person> {
  const actor = await authenticate(headers);
  if (actor?.kind !== "person") throw new Unauthenticated("Sign in first.");
  return actor;
}

/** How long after a sign-in whoever has no password need not say anything else, ms. */
const FRESH_MS = 10 * 60_000;

/** Who sits at an open page is not yet the person whose page it is; whoever has no password shows it by signing in once more. */
export class FreshSignInNeeded extends AppError {
  constructor() {
    super(
      "fresh_sign_in",
      403,
      "You have no password here, and signed in more than ten minutes ago. Sign in once more, then do this.",
    );
  }
}

/**
 * Asks better-auth for what the signed-in person's password allows: a try like one at the sign-in. Of whoever has none a sign-in of the
 * last minutes is asked instead.
 * @throws {InvalidInput} it is not right
 * @throws {FreshSignInNeeded}
 * @throws {TooBusy}
 */
export async function askWithPassword(
  ctx: AuthContext,
  request: Request,
  person: Person,
  { password }: { readonly password?: string | undefined },
): Promise<Response> {
  const { email, accounts } = await ctx.db.user.findUniqueOrThrow({
    where: { id: person.id },
    select: {
      email: true,
      accounts: { where: { providerId: "credential", password: { not: null } }, select: { id: true } },
    },
  });
  if (accounts.length === 0) return askFreshly(ctx, request, person);
  if (password === undefined) throw wrongPassword();
  const { headers } = request;
  const response = await ctx.guess(
    { headers, personId: person.id, name: { email }, says: "password", at: "second-factor" },
    () => ctx.ask(request, { password }),
  );
  if (response.status === 401) throw new Unauthenticated();
  if (response.status < 500 && !response.ok) throw wrongPassword();
  return response;
}

const wrongPassword = () => new InvalidInput("The password is not right.", { field: "password" });

async function askFreshly(ctx: AuthContext, request: Request, { sessionId }: Person): Promise<Response> {
  const session = await ctx.db.session.findUnique({
    where: { id: sessionId },
    select: { createdAt: true },
  });
  if (!session || session.createdAt.getTime() < Date.now() - FRESH_MS) throw new FreshSignInNeeded();
  const response = await ctx.ask(request, {});
  if (response.status === 401) throw new Unauthenticated();
  // A password was given to them at this very moment.
  if (response.status < 500 && !response.ok) throw wrongPassword();
  return response;
}

import { recordAct } from "../db/audit.ts";
import { InvalidInput, Unauthenticated } from "../lib/errors.ts";
import type { AuthContext } from "./auth-context.ts";
import type { AuthBody } from "./auth-request.ts";
import { type PasswordOwner, requireGoodPassword } from "./password-rules.ts";
import { endChallenges } from "./second-factor/challenge.ts";
import { withDevice } from "./sign-in.ts";

/**
 * Gives the signed-in person another password. All of their sessions end, their sockets with them, and this browser gets a
 * new one. The present password is a try like one at the sign-in.
 * @throws {Unauthenticated}
 * @throws {InvalidInput} `currentPassword` is not right, or `newPassword` is no good
 */
export async function changePassword(
  ctx: AuthContext,
  request: Request,
  body: AuthBody<"/change-password">,
): Promise<Response> {
  const { headers } = request;
  const actor = await ctx.authenticate(headers);
  if (actor?.kind !== "person") throw new Unauthenticated("Sign in first.");
  const owner = await ctx.db.user.findUniqueOrThrow({ where: { id: actor.id } });
  await requireGoodNewPassword(body, owner);
  const response = await ctx.guess(
    { headers, personId: actor.id, name: { email: owner.email }, says: "password", at: "change-password" },
    () => ctx.ask(request, { ...body, revokeOtherSessions: true }),
  );
  if (response.status === 401) throw new Unauthenticated();
  if (response.status < 500 && !response.ok) {
    throw new InvalidInput("The present password is not right.", { field: "currentPassword" });
  }
  if (!response.ok) return response;
  await endChallenges(ctx.db, actor.id);
  await recordAct(ctx.pool, {
    actor: actor.id,
    action: "person.change-password",
    subject: `person ${actor.id}`,
  });
  return withDevice(ctx, response, actor.id);
}

async function requireGoodNewPassword(
  { currentPassword, newPassword }: AuthBody<"/change-password">,
  owner: PasswordOwner,
): Promise<void> {
  if (newPassword === currentPassword) {
    const message = "The new password is the present one: choose another.";
    throw new InvalidInput(message, { field: "newPassword", reason: "same" });
  }
  await requireGoodPassword(newPassword, owner).catch((error: unknown) => {
    if (!(error instanceof InvalidInput)) throw error;
    throw new InvalidInput(error.message, { ...error.fields, field: "newPassword" });
  });
}

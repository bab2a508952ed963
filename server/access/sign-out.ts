import { recordAct } from "../db/audit.ts";
import type { AuthContext } from "./auth-context.ts";
import { withProviderSignOut } from "./single-sign-on/end-session.ts";

/**
 * Ends the session of this browser; its sockets end with it. Whoever has none is told the same; whoever came by the provider is told
 * where its own session is ended.
 */
export async function signOut(ctx: AuthContext, request: Request): Promise<Response> {
  // Of the browser alone: a key that is sent along is nobody's session.
  const own = new Headers(request.headers);
  own.delete("authorization");
  const actor = await ctx.authenticate(own);
  const response = await ctx.ask(request, {});
  if (response.ok && actor?.kind === "person") {
    await recordAct(ctx.pool, {
      actor: actor.id,
      action: "session.sign-out",
      subject: `person ${actor.id}`,
    });
  }
  return ctx.providers ? withProviderSignOut(ctx.providers, request, response, actor) : response;
}

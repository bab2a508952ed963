import { recordAct } from "../store/audit.ts";
import type { AuthDesk } from "./auth-handler.ts";
import { clientAddress } from "./client-address.ts";

/** Ends the session of this browser; its sockets end with it. Whoever has none is told the same. */
export async function signOut(desk: AuthDesk, request: Request): Promise<Response> {
  const actor = await desk.authenticate(request.headers);
  const response = await desk.ask(request, {});
  if (response.ok && actor?.kind === "person") {
    await recordAct(desk.pool, {
      actor: actor.id,
      action: "session.sign-out",
      subject: `person ${actor.id}`,
      details: { address: clientAddress(request) },
    });
  }
  return response;
}

import { handle } from "#server/http/handle.ts";
import { rightsOf } from "#server/http/require-person.ts";

/** Who is asking, and what they may. */
export const GET = handle({ action: "session.read" }, async ({ actor }) => ({
  id: actor.id,
  name: actor.name,
  role: actor.kind === "person" ? actor.role : null,
  can: rightsOf(actor),
}));

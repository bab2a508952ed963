import { handle } from "#server/access/handle.ts";
import { restoreKeyUser } from "#server/key-users/restore-key-user.ts";
import { runtime } from "#server/context.ts";

export const POST = handle({ action: "key-users.write", ifMatch: true }, ({ actor, params, version }) =>
  restoreKeyUser({ rt: runtime(), actor, userId: params.userId ?? "" }, version),
);

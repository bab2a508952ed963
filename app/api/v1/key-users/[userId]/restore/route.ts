import { context } from "#server/context.ts";
import { handle } from "#server/http/handle.ts";
import { restoreKeyUser } from "#server/key-users/restore-key-user.ts";

export const POST = handle({ action: "key-users.write", ifMatch: true }, ({ actor, params, version }) =>
  restoreKeyUser({ ctx: context(), actor, userId: params.userId ?? "" }, version),
);

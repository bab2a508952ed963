import { handle } from "../../../../../../server/access/handle.ts";
import { restoreKeyUser } from "../../../../../../server/commands/restore-key-user.ts";
import { runtime } from "../../../../../../server/runtime.ts";

export const POST = handle({ action: "key-users.write", ifMatch: true }, ({ actor, params, version }) =>
  restoreKeyUser({ rt: runtime(), actor, userId: params.userId ?? "" }, version),
);

import { context } from "#server/context.ts";
import { keyUserPatch } from "#server/contracts/api/key-users.ts";
import { handle } from "#server/http/handle.ts";
import { editKeyUser } from "#server/key-users/edit-key-user.ts";
import { keyUser } from "#server/key-users/list-key-users.ts";
import { removeKeyUser } from "#server/key-users/remove-key-user.ts";

export const GET = handle({ action: "key-users.read" }, ({ params }) =>
  keyUser(context(), params.userId ?? ""),
);

export const PATCH = handle(
  { action: "key-users.write", body: keyUserPatch, ifMatch: true },
  ({ actor, params, body, version }) =>
    editKeyUser({ ctx: context(), actor, userId: params.userId ?? "" }, version, body),
);

export const DELETE = handle({ action: "key-users.write", ifMatch: true }, ({ actor, params, version }) =>
  removeKeyUser({ ctx: context(), actor, userId: params.userId ?? "" }, version),
);

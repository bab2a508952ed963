import { handle } from "#server/access/handle.ts";
import { keyUserHistory } from "#server/key-users/list-key-users.ts";
import { runtime } from "#server/context.ts";

export const GET = handle({ action: "key-users.read" }, ({ params }) =>
  keyUserHistory(runtime(), params.userId ?? ""),
);

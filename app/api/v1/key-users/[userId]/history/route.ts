import { context } from "#server/context.ts";
import { handle } from "#server/http/handle.ts";
import { keyUserHistory } from "#server/key-users/list-key-users.ts";

export const GET = handle({ action: "key-users.read" }, ({ params }) =>
  keyUserHistory(context(), params.userId ?? ""),
);

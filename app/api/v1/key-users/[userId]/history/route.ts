import { handle } from "../../../../../../server/access/handle.ts";
import { keyUserHistory } from "../../../../../../server/queries/key-users.ts";
import { runtime } from "../../../../../../server/runtime.ts";

export const GET = handle({ action: "key-users.read" }, ({ params }) =>
  keyUserHistory(runtime(), params.userId ?? ""),
);

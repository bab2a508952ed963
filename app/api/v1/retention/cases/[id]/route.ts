import { handle } from "../../../../../../server/access/handle.ts";
import { retentionCase } from "../../../../../../server/queries/retention-case.ts";
import { runtime } from "../../../../../../server/runtime.ts";

export const GET = handle({ action: "retention.read" }, ({ params }) =>
  retentionCase(runtime(), params.id ?? ""),
);

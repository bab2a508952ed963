import { handle } from "#server/access/handle.ts";
import { retentionCase } from "#server/retention/retention-case.ts";
import { runtime } from "#server/context.ts";

export const GET = handle({ action: "retention.read" }, ({ params }) =>
  retentionCase(runtime(), params.id ?? ""),
);

import { context } from "#server/context.ts";
import { handle } from "#server/http/handle.ts";
import { retentionCase } from "#server/retention/retention-case.ts";

export const GET = handle({ action: "retention.read" }, ({ params }) =>
  retentionCase(context(), params.id ?? ""),
);

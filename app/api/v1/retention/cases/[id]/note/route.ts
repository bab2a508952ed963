import { context } from "#server/context.ts";
import { noteBody } from "#server/contracts/api/retention.ts";
import { handle } from "#server/http/handle.ts";
import { noteCase } from "#server/retention/note-case.ts";

export const POST = handle(
  { action: "retention.work", ifMatch: true, body: noteBody },
  ({ actor, params, version, body }) =>
    noteCase({ ctx: context(), actor, caseId: params.id ?? "", version }, body.text),
);

import { handle } from "#server/access/handle.ts";
import { noteCase } from "#server/retention/note-case.ts";
import { noteBody } from "#server/contracts/api/retention.ts";
import { runtime } from "#server/context.ts";

export const POST = handle(
  { action: "retention.work", ifMatch: true, body: noteBody },
  ({ actor, params, version, body }) =>
    noteCase({ rt: runtime(), actor, caseId: params.id ?? "", version }, body.text),
);

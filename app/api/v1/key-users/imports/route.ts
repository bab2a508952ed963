import { z } from "zod";
import { context } from "#server/context.ts";
import { listChoices } from "#server/contracts/api/list-file.ts";
import { handle } from "#server/http/handle.ts";
import { importKeyUsers } from "#server/key-users/import-key-users.ts";
import { readList } from "#server/key-users/read-list.ts";
import { readListBody } from "#server/key-users/read-list-body.ts";

const flag = z
  .enum(["true", "false"])
  .default("false")
  .transform((text) => text === "true");
const query = listChoices.extend({ dryRun: flag, skipRejected: flag });

export const POST = handle(
  { action: "key-users.write", query },
  async ({ actor, query: { dryRun, skipRejected, preview, ...choices }, request }) => {
    const ctx = context();
    const { rows, reading, blank } = await readList(await readListBody(request), choices, ctx.time.zone);
    return importKeyUsers(ctx, actor, rows, { dryRun, skipRejected, preview, reading, blank });
  },
);

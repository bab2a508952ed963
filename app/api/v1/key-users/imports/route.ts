import { z } from "zod";
import { handle } from "#server/access/handle.ts";
import { importKeyUsers } from "#server/key-users/import-key-users.ts";
import { readList } from "#server/key-users/read-list.ts";
import { readListBody } from "#server/key-users/read-list-body.ts";
import { listChoices } from "#server/contracts/api/list-file.ts";
import { runtime } from "#server/context.ts";

const flag = z
  .enum(["true", "false"])
  .default("false")
  .transform((text) => text === "true");
const query = listChoices.extend({ dryRun: flag, skipRejected: flag });

export const POST = handle(
  { action: "key-users.write", query },
  async ({ actor, query: { dryRun, skipRejected, preview, ...choices }, request }) => {
    const rt = runtime();
    const { rows, reading, blank } = await readList(await readListBody(request), choices, rt.time.zone);
    return importKeyUsers(rt, actor, rows, { dryRun, skipRejected, preview, reading, blank });
  },
);

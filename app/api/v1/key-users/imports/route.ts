import { z } from "zod";
import { handle } from "../../../../../server/access/handle.ts";
import { importKeyUsers } from "../../../../../server/commands/import-key-users.ts";
import { readKeyUsers } from "../../../../../server/commands/read-key-user-rows.ts";
import { readListBody } from "../../../../../server/commands/read-list-body.ts";
import { runtime } from "../../../../../server/runtime.ts";

const flag = z
  .enum(["true", "false"])
  .default("false")
  .transform((text) => text === "true");
const query = z.object({ dryRun: flag, skipRejected: flag });

export const POST = handle(
  { action: "key-users.write", query },
  async ({ actor, query: options, request }) => {
    const { bytes, format } = await readListBody(request);
    return importKeyUsers(runtime(), actor, await readKeyUsers(bytes, format), options);
  },
);

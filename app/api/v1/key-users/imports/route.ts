import { z } from "zod";
import { handle } from "../../../../../server/access/handle.ts";
import { importKeyUsers } from "../../../../../server/commands/import-key-users.ts";
import { readKeyUserCsv } from "../../../../../server/commands/read-key-user-rows.ts";
import { AppError } from "../../../../../server/lib/errors.ts";
import { runtime } from "../../../../../server/runtime.ts";

const MAX_BYTES = 32 * 1024 * 1024;
const flag = z
  .enum(["true", "false"])
  .default("false")
  .transform((text) => text === "true");
const query = z.object({ dryRun: flag, skipRejected: flag });

export const POST = handle(
  { action: "key-users.write", query },
  async ({ actor, query: options, request }) => {
    const type = request.headers.get("content-type")?.split(";")[0]?.trim();
    if (type !== "text/csv") throw new AppError("unsupported_type", 415, "Send the list as text/csv.");
    if (Number(request.headers.get("content-length") ?? 0) > MAX_BYTES) {
      throw new AppError("too_large", 413, "The list is larger than 32 MiB. Send it in parts.");
    }
    return importKeyUsers(runtime(), actor, readKeyUserCsv(await request.text()), options);
  },
);

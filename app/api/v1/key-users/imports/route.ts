import { z } from "zod";
import { handle } from "../../../../../server/access/handle.ts";
import { readBytes } from "../../../../../server/access/read-body.ts";
import { importKeyUsers } from "../../../../../server/commands/import-key-users.ts";
import { readKeyUserCsv } from "../../../../../server/commands/read-key-user-rows.ts";
import { AppError, InvalidInput } from "../../../../../server/lib/errors.ts";
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
    return importKeyUsers(runtime(), actor, readKeyUserCsv(await textOf(request)), options);
  },
);

/** Spreadsheets like to save other encodings: their letters would be lost, so nothing but UTF-8 is taken. */
async function textOf(request: Request): Promise<string> {
  const bytes = await readBytes(request, MAX_BYTES, "The list is larger than 32 MiB. Send it in parts.");
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    throw new InvalidInput("The file is not UTF-8. Save it as CSV UTF-8 and send it again.");
  }
}

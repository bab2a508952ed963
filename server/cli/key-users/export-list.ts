import { createWriteStream } from "node:fs";
import { pipeline } from "node:stream/promises";
import { keyUsersQuery } from "#server/contracts/api/key-users.ts";
import { BusinessTime } from "#server/contracts/business-time.ts";
import { recordAct } from "#server/db/audit.ts";
import { keyUsersCsv } from "#server/key-users/key-users-csv.ts";
import { AppError, Forbidden, InvalidInput } from "#server/lib/errors.ts";
import { cliActor } from "../actor.ts";
import { type CommandContext, UsageError } from "../command.ts";
import { listCipher } from "./cipher.ts";

/** Options of `key-users export`, as they were given. */
export interface ExportOptions {
  readonly status?: string | undefined;
  readonly personal?: boolean | undefined;
}

/** Readable by whoever gave the command, and by nobody else. */
const MODE = 0o600;

/**
 * `key-users export FILE`: the list as CSV, which an import takes back.
 * @throws {Forbidden} names and telephones are asked for, and PERSONAL_EXPORT gives them to nobody
 */
export async function exportList(
  { config, database, print }: CommandContext,
  path: string,
  { status = "active", personal: isClear = false }: ExportOptions,
): Promise<void> {
  const filter = keyUsersQuery.pick({ status: true }).safeParse({ status });
  if (!filter.success) throw new UsageError("--status is active, removed or all.");
  if (isClear && config.PERSONAL_EXPORT === "nobody") {
    throw new Forbidden(
      "Names and telephones are exported by nobody here. PERSONAL_EXPORT=administrators lets administrators, and this command.",
    );
  }
  const { pool } = await database();
  const cipher = await listCipher(config, pool, false);
  const ctx = { pool, cipher, time: new BusinessTime(config.BUSINESS_TIME_ZONE) };
  const action = isClear ? "personal.export" : "key-users.export";
  await recordAct(pool, { actor: cliActor(), action, subject: "installation", details: filter.data });
  const file = createWriteStream(path, { flags: "wx", mode: MODE });
  await pipeline(keyUsersCsv(ctx, filter.data, { scope: null, isClear }), file).catch(tellFile);
  print(isClear ? `${path}: with names and telephones in clear.` : `${path}: without names and telephones.`);
}

function tellFile(error: NodeJS.ErrnoException): never {
  if (error.code === "EEXIST") throw new InvalidInput("The file is there already: name another one.");
  if (error.code === undefined || error.syscall === undefined) throw error;
  throw new AppError("file_not_written", 400, `The file cannot be written: ${error.code}.`);
}

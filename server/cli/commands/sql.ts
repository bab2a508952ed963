import type pg from "pg";
import { recordAct } from "#server/db/audit.ts";
import { openReader, READ_TIMEOUT_MS } from "#server/db/reading-role.ts";
import { exactCsvLines } from "#server/lib/csv-out.ts";
import { AppError } from "#server/lib/errors.ts";
import { cliActor } from "../actor.ts";
import { type Command, UsageError } from "../command.ts";
import { cipherOf } from "../settings-of.ts";

/** `queryMode` sends one statement by the extended protocol, which takes no second one. */
type OneStatement = pg.QueryArrayConfig & { readonly queryMode: "extended" };
const CANCELED = "57014";

/** Reads with plain SQL: CSV with a header, by a role that may do nothing else, while the server runs or not. */
export const sql: Command = {
  usage: 'sql "SELECT …"',
  summary: "Prints the rows as CSV with a header; cannot change anything.",
  async run({ args, config, database, print }) {
    const [text, ...rest] = args;
    if (!text || rest.length > 0) throw new UsageError("Give one statement, in quotes.");
    const opened = await database();
    // Without its text, which may name a customer.
    const details = { characters: text.length };
    await recordAct(opened.pool, { actor: cliActor(), action: "sql.read", subject: "installation", details });
    const cipher = await cipherOf(config);
    const reader = await openReader(opened, {
      readerUrl: config.DATABASE_READER_URL,
      password: cipher.derive("database-reader"),
    });
    try {
      const statement: OneStatement = { text, rowMode: "array", queryMode: "extended" };
      const result = await reader.query<(string | null)[]>(statement);
      const header = result.fields.map((field) => field.name);
      print(exactCsvLines([header, ...result.rows]).slice(0, -1)); // print ends the last line itself
    } catch (error) {
      throw new AppError("sql_failed", 400, wordsOf(error as Error & { code?: string }));
    } finally {
      await reader.end();
    }
  },
};

function wordsOf(error: Error & { readonly code?: string }): string {
  if (error.code === CANCELED) {
    return `The statement took longer than ${READ_TIMEOUT_MS / 1_000} s and was broken off. Ask for less at a time.`;
  }
  return `PostgreSQL says: ${error.message}`;
}

import { exactCsvLines } from "../../lib/csv-out.ts";
import { AppError } from "../../lib/errors.ts";
import { recordAct } from "../../store/audit.ts";
import { openClient } from "../../store/connections.ts";
import { cliActor } from "../actor.ts";
import { type Command, UsageError } from "../command.ts";

/** Reads with plain SQL: CSV with a header, from a read-only transaction, while the server runs or not. */
export const sql: Command = {
  usage: 'sql "SELECT …"',
  summary: "Prints the rows as CSV with a header; cannot change anything.",
  async run({ args, database, print }) {
    const [text, ...rest] = args;
    if (!text || rest.length > 0) throw new UsageError("Give one statement, in quotes.");
    const { url, pool } = await database();
    // Without its text, which may name a customer.
    const details = { characters: text.length };
    await recordAct(pool, { actor: cliActor(), action: "sql.read", subject: "installation", details });
    // Every type as PostgreSQL's own text: numbers keep all digits.
    const client = await openClient({ connectionString: url, types: { getTypeParser: () => String } });
    try {
      await client.query("BEGIN READ ONLY");
      const result = await client.query({ text, rowMode: "array" });
      const header = result.fields.map((field) => field.name);
      const rows = result.rows as (string | null)[][];
      print(exactCsvLines([header, ...rows]).slice(0, -1)); // print ends the last line itself
    } catch (error) {
      throw new AppError("sql_failed", 400, `PostgreSQL says: ${(error as Error).message}`);
    } finally {
      await client.end();
    }
  },
};

import { readFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { MIGRATIONS_DIR } from "#server/db/migrations.ts";
import { NO_FILTER, withSchemaEngine } from "./schema-engine.ts";

const PRISMA_DIR = dirname(MIGRATIONS_DIR);

/** The SQL that would lead from a migrated database to schema.prisma; empty when nothing drifted. */
export async function schemaDrift(databaseUrl: string): Promise<string> {
  const path = join(PRISMA_DIR, "schema.prisma");
  const schema = { files: [{ path, content: await readFile(path, "utf8") }] };
  const { stdout } = await withSchemaEngine(databaseUrl, (engine) =>
    engine.diff({
      from: { tag: "schemaDatasource", ...schema, configDir: PRISMA_DIR },
      to: { tag: "schemaDatamodel", ...schema },
      script: true,
      exitCode: null,
      filters: NO_FILTER,
    }),
  );
  return (stdout ?? "").replace("-- This is an empty migration.", "").trim();
}

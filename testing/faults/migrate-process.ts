/** A process of its own that gives a migrated database one more migration, to be killed: `node migrate-process.ts DATABASE NAME SQL`. */
import { migrate } from "#server/db/migrate.ts";
import { migrationOf, readMigrations } from "#server/db/migrations.ts";

const [databaseUrl = "", name = "", sql = ""] = process.argv.slice(2);
await migrate(databaseUrl, { migrations: [...(await readMigrations()), migrationOf(name, sql)] });

/** A process of its own that migrates a database, to be killed: `node migrate-process.ts DATABASE`. */
import { migrate } from "#server/db/migrate.ts";

await migrate(process.argv[2] ?? "");

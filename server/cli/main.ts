import { readConfig } from "../config/config.ts";
import { AppError } from "../lib/errors.ts";
import { recordMigrations } from "../store/audit.ts";
import { type Database, openDatabase } from "../store/database.ts";
import { migrate } from "../store/migrate.ts";
import { cliActor } from "./actor.ts";
import { type Command, UsageError } from "./command.ts";
import { apiKey } from "./commands/api-key.ts";
import { backup } from "./commands/backup.ts";
import { doctor } from "./commands/doctor.ts";
import { keyUsers } from "./commands/key-users.ts";
import { migration } from "./commands/migration.ts";
import { prune } from "./commands/prune.ts";
import { replay } from "./commands/replay.ts";
import { restore } from "./commands/restore.ts";
import { sql } from "./commands/sql.ts";
import { user } from "./commands/user.ts";
import { verify } from "./commands/verify.ts";

const COMMANDS: Readonly<Record<string, Command>> = {
  replay,
  sql,
  "key-users": keyUsers,
  user,
  "api-key": apiKey,
  backup,
  restore,
  verify,
  prune,
  doctor,
  migration,
};

const HELP = new Set(["help", "--help", "-h"]);

function usage(): string {
  const lines = Object.values(COMMANDS).map((command) => `  ${command.usage}\n      ${command.summary}`);
  return `Usage: npm run cli -- COMMAND …\n\n${lines.join("\n")}`;
}

async function main(): Promise<void> {
  const [name = "", ...args] = process.argv.slice(2);
  if (HELP.has(name)) return console.log(usage());
  const command = COMMANDS[name];
  if (!command) throw new UsageError(name === "" ? "Name a command." : `There is no command "${name}".`);
  const config = readConfig();
  let opened: Promise<Database> | undefined;
  const database = () => {
    opened ??= openMigrated(config.DATABASE_URL, config.DATA_DIR);
    return opened;
  };
  try {
    await command.run({ config, args, database, print: (line) => process.stdout.write(`${line}\n`) });
  } catch (error) {
    if (error instanceof UsageError) error.message += `\n\nUsage: ${command.usage}`;
    throw error;
  } finally {
    // One that could not be opened has told its reason already.
    await opened?.then(
      (database) => database.close(),
      () => undefined,
    );
  }
}

async function openMigrated(databaseUrl: string | undefined, dataDir: string): Promise<Database> {
  const database = await openDatabase({
    databaseUrl,
    dataDir,
    onIdleError: (error) => console.error(`a database connection was lost: ${error.message}`),
  });
  await recordMigrations(database.pool, cliActor(), await migrate(database.url));
  return database;
}

/** What is the user's to mend is told in one sentence; anything else keeps its stack. */
function explain(error: unknown): string {
  if (error instanceof UsageError) return error.message;
  if (error instanceof AppError || (error instanceof Error && error.name === "ConfigError"))
    return error.message;
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

main().then(
  () => process.exit(0),
  (error: unknown) => {
    console.error(explain(error));
    if (process.argv.length <= 2 || (error instanceof UsageError && !error.message.includes("Usage:"))) {
      console.error(`\n${usage()}`);
    }
    process.exit(1);
  },
);

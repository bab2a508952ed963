import { readConfig } from "../config/config.ts";
import { recordMigrations } from "../db/audit.ts";
import { type Database, openDatabase } from "../db/database.ts";
import { migrate } from "../db/migrate.ts";
import { explainFailure } from "../lib/explain-failure.ts";
import { stopRequest } from "../lib/stop-request.ts";
import { unlessAborted } from "../lib/unless-aborted.ts";
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

/** Longest that the database may take to be let go of once a stop is asked for. */
const STOP_DEADLINE_MS = 8_000;
/** What a shell makes of a command that a signal ended. */
const STOPPED_CODES = { SIGHUP: 129, SIGINT: 130, SIGTERM: 143, disconnect: 143 } as const;

let dataDir = "";
let stoppedCode = 0;
const stopped = stopRequest((reason) => {
  stoppedCode = STOPPED_CODES[reason];
  setTimeout(() => process.exit(stoppedCode), STOP_DEADLINE_MS).unref();
});

async function main(): Promise<void> {
  const [name = "", ...args] = process.argv.slice(2);
  if (HELP.has(name)) return console.log(usage());
  const command = COMMANDS[name];
  if (!command) throw new UsageError(name === "" ? "Name a command." : `There is no command "${name}".`);
  const config = readConfig();
  dataDir = config.DATA_DIR;
  let opened: Promise<Database> | undefined;
  const database = () => {
    opened ??= openMigrated(config.DATABASE_URL, config.DATA_DIR);
    return opened;
  };
  const print = (line: string) => process.stdout.write(`${line}\n`);
  try {
    await unlessAborted(command.run({ config, args, database, print }), stopped);
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
    signal: stopped,
    tell: (sentence) => console.error(sentence),
    onIdleError: (error) => console.error(`a database connection was lost: ${error.message}`),
  });
  try {
    const applied = await unlessAborted(migrate(database.url), stopped);
    await recordMigrations(database.pool, cliActor(), applied);
  } catch (error) {
    await database.close();
    throw error;
  }
  return database;
}

main().then(
  () => process.exit(0),
  (error: unknown) => {
    if (stopped.aborted) process.exit(stoppedCode);
    console.error(explainFailure(error, dataDir));
    if (process.argv.length <= 2 || (error instanceof UsageError && !error.message.includes("Usage:"))) {
      console.error(`\n${usage()}`);
    }
    process.exit(1);
  },
);

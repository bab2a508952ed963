import { dirname, join } from "node:path";
import { AppError } from "../lib/errors.ts";

/** A database as people know it. */
export interface DatabasePlace {
  /** What they change to work with another one. */
  readonly variable: "DATA_DIR" | "DATABASE_URL";
  /** What it is now, without a password. */
  readonly value: string;
  /** How one begins anew. */
  readonly anew: string;
}

/** @param folder of the database's files; where PostgreSQL may not enter DATA_DIR, it lies elsewhere */
export function embeddedPlace(dataDir: string, folder: string): DatabasePlace {
  const folders = folder === join(dataDir, "postgres") ? dataDir : `${dataDir} and ${dirname(folder)}`;
  return {
    variable: "DATA_DIR",
    value: dataDir,
    anew: `set DATA_DIR to an empty folder, or remove ${folders}, with all data, once nothing runs on it`,
  };
}

export function serverPlace(databaseUrl: string): DatabasePlace {
  const { host, pathname } = new URL(databaseUrl);
  const anew = "set DATABASE_URL to an empty database, or empty this one";
  return { variable: "DATABASE_URL", value: `${host}${pathname}`, anew };
}

/** Its tables are not those of this build, and no migration leads from there to here. Nothing of it was changed. */
export class UnfitDatabase extends AppError {
  /** What is wrong with it: sentences. */
  readonly finding: string;
  /** What helps: a sentence. */
  readonly fix: string;

  /** @param because what it holds, as a part of a sentence */
  constructor({ variable, value, anew }: DatabasePlace, because: string) {
    const finding = `The database of ${variable} (${value}) is not one that this build of Tidewatch can use: ${because}. Nothing was changed.`;
    const fix = `Go on with the build that made it, or begin anew: ${anew}.`;
    super("unfit_database", 409, `${finding} ${fix}`);
    this.finding = finding;
    this.fix = fix;
  }
}

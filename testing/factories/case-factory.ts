import type pg from "pg";
import type { Actor, Role } from "#server/access/can.ts";
import { type Config, parseConfig } from "#server/config/config.ts";
import type { SettingsReader } from "#server/context.ts";
import type { Committed } from "#server/contracts/committed.ts";
import { type Database, openDatabase } from "#server/db/database.ts";
import { createLog, type Log } from "#server/lib/log.ts";
import { TEST_CIPHER, TEST_TIME } from "../harness/writer-harness.ts";
import { at } from "./events.ts";
import { settingsAs } from "./settings.ts";

/** What commands and queries of cases and of the key-user list need of the runtime, on a real database. */
export interface CaseHarness {
  readonly db: Database["db"];
  readonly pool: pg.Pool;
  readonly cipher: typeof TEST_CIPHER;
  readonly time: typeof TEST_TIME;
  readonly now: () => number;
  readonly config: Config;
  readonly settings: SettingsReader;
  readonly log: Log;
  readonly publish: (committed: Committed) => void;
  /** Commits told to the screens, in order. */
  readonly published: Committed[];
  /** Moves the clock, ms. */
  readonly setNow: (now: number) => void;
  /** Takes all data away but the people, and starts the list of commits anew. */
  readonly empty: () => Promise<void>;
  readonly close: () => Promise<void>;
}

const TABLES =
  "delivery, outbox, occurrence, case_event, retention_case, baseline_change, key_user, key_user_import_row, key_user_import, settings_version, proposal, audit_detail, audit_entry";

export async function openCaseHarness(url: string): Promise<CaseHarness> {
  const database = await openDatabase({ databaseUrl: url, dataDir: "", onIdleError: () => undefined });
  const published: Committed[] = [];
  const config = parseConfig({ REVEALS_PER_HOUR: "3" });
  let now = at("11-22 12:00");
  return {
    db: database.db,
    pool: database.pool,
    cipher: TEST_CIPHER,
    time: TEST_TIME,
    now: () => now,
    config,
    settings: settingsAs(config),
    log: createLog("silent"),
    publish: (committed) => void published.push(committed),
    published,
    setNow: (next) => {
      now = next;
    },
    empty: async () => {
      published.length = 0;
      // The audit log refuses to be emptied: its triggers rest.
      await database.pool.query(
        `BEGIN; SET LOCAL session_replication_role = replica; TRUNCATE ${TABLES}; COMMIT`,
      );
    },
    close: () => database.close(),
  };
}

export type TestActor = Extract<Actor, { kind: "person" }>;

/** A signed-in person. */
export function somebody(id: string, role: Role = "manager"): TestActor {
  const name = `${id[0]?.toUpperCase()}${id.slice(1)}`;
  return { kind: "person", id, name, role, sessionId: `session of ${id}` };
}

/** Puts a person into the database, so that answers can name them. */
export async function enter({ db }: Pick<CaseHarness, "db">, { id, name, role }: TestActor): Promise<void> {
  await db.user.create({ data: { id, name, email: `${id}@example.test`, role } });
}

/** A signed-in person who is also in the database. */
export async function aPerson(
  harness: Pick<CaseHarness, "db">,
  ...who: Parameters<typeof somebody>
): Promise<TestActor> {
  const person = somebody(...who);
  await enter(harness, person);
  return person;
}

export interface GivenCase {
  readonly userId: string;
  readonly premiumAtRisk: string;
  readonly state: "new" | "claimed" | "contacted" | "snoozed" | "closed" | "recovered" | "regressed";
  readonly assignee: string | null;
  readonly openedAt: Date;
}

/** Cases as the stream leaves them, in one statement. @returns their ids, in the order given */
export async function insertCases(pool: pg.Pool, given: readonly Partial<GivenCase>[]): Promise<string[]> {
  const cases = given.map((one, index) => ({
    userId: String(100_000 + index),
    premiumAtRisk: one.state === "recovered" ? "0.00" : "277.51", // rule K8
    state: "new",
    assignee: null,
    openedAt: new Date(at("11-22 10:00")),
    ...one,
  }));
  const { rows } = await pool.query<{ id: string }>(
    `INSERT INTO retention_case (user_id, open_user_id, state, triage, mark, assignee, baseline_before, amount_now,
       premium_at_risk, occurrence_count, opened_at, updated_at)
     SELECT user_id, CASE WHEN state <> 'closed' THEN user_id END, state,
       CASE WHEN state IN ('recovered', 'regressed') THEN 'new' ELSE state END,
       CASE WHEN state IN ('recovered', 'regressed') THEN state END, assignee, risk + 722.49, 722.49, risk, 1, opened_at, opened_at
     FROM unnest($1::bigint[], $2::numeric[], $3::text[], $4::text[], $5::timestamptz[])
       AS n (user_id, risk, state, assignee, opened_at) RETURNING id`,
    [
      cases.map((one) => one.userId),
      cases.map((one) => one.premiumAtRisk),
      cases.map((one) => one.state),
      cases.map((one) => one.assignee),
      cases.map((one) => one.openedAt),
    ],
  );
  return rows.map((row) => row.id);
}

/** The one case of a test. */
export async function insertCase(pool: pg.Pool, given: Partial<GivenCase> = {}): Promise<string> {
  const [id] = await insertCases(pool, [given]);
  return id ?? "";
}

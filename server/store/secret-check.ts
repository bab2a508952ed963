import type pg from "pg";
import { AppError } from "../lib/errors.ts";
import type { Vault } from "../lib/vault.ts";
import { opensPayload } from "./log-payload.ts";

type Queryable = Pick<pg.ClientBase, "query">;

/** What is sealed here was sealed under another key: nothing of it could be opened, and more would be sealed beside it. */
class SecretChanged extends AppError {
  constructor() {
    super(
      "secret_changed",
      409,
      "SECRET_KEY is not the one under which this database's personal data is sealed. Set SECRET_KEY to that one, or leave it " +
        "unset where it was made and kept as secret.key in DATA_DIR (then DATA_DIR is another one, or that file is missing).",
    );
  }
}

/** Tells keys apart and nothing of a key: a keyed hash of a text that everybody knows. */
const checkOf = (vault: Vault): string => vault.hash("the secret of this installation").toString("hex");

/**
 * Call before anything is sealed or opened: the first one decides for the installation. In one of an earlier version, which kept
 * nothing, it has to open what is there.
 * @throws {SecretChanged} another one was decided on
 */
export async function keepSecret(db: Queryable, vault: Vault): Promise<void> {
  const { rows } = await db.query<{ payload: Buffer }>(
    `SELECT payload FROM event_log WHERE NOT EXISTS (SELECT 1 FROM setting WHERE key = 'secret-check')
     ORDER BY position DESC LIMIT 1`,
  );
  if (rows[0] && !opensPayload(rows[0].payload, vault)) throw new SecretChanged();
  await db.query(
    "INSERT INTO setting (key, value) VALUES ('secret-check', to_jsonb($1::text)) ON CONFLICT (key) DO NOTHING",
    [checkOf(vault)],
  );
  await requireSecret(db, vault);
}

/**
 * For those who only read: nothing is kept.
 * @throws {SecretChanged}
 */
export async function requireSecret(db: Queryable, vault: Vault): Promise<void> {
  const { rows } = await db.query<{ kept: string }>(
    "SELECT value #>> '{}' AS kept FROM setting WHERE key = 'secret-check'",
  );
  if (rows[0] && rows[0].kept !== checkOf(vault)) throw new SecretChanged();
}

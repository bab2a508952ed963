import type pg from "pg";
import { AppError } from "#server/lib/errors.ts";
import type { FieldCipher } from "#server/lib/field-cipher.ts";

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
const checkOf = (cipher: FieldCipher): string =>
  cipher.hash("the secret of this installation").toString("hex");

/**
 * Call before anything is sealed or opened: the first one decides for the installation.
 * @throws {SecretChanged} another one was decided on
 */
export async function keepSecret(db: Queryable, cipher: FieldCipher): Promise<void> {
  await db.query(
    "INSERT INTO setting (key, value) VALUES ('secret-check', to_jsonb($1::text)) ON CONFLICT (key) DO NOTHING",
    [checkOf(cipher)],
  );
  await requireSecret(db, cipher);
}

/**
 * For those who only read: nothing is kept.
 * @throws {SecretChanged}
 */
export async function requireSecret(db: Queryable, cipher: FieldCipher): Promise<void> {
  const { rows } = await db.query<{ kept: string }>(
    "SELECT value #>> '{}' AS kept FROM setting WHERE key = 'secret-check'",
  );
  if (rows[0] && rows[0].kept !== checkOf(cipher)) throw new SecretChanged();
}

import { join } from "node:path";
import { keptSecret } from "#server/lib/kept-secret.ts";

/** Passwords of the embedded server's roles; each lies in a file of its own that its owner alone may read. */
export interface RolePasswords {
  /** The application's. */
  readonly app: string;
  /** Of the administrator: it alone makes roles and databases. */
  readonly admin: string;
  /** Of whoever only reads (`cli sql`). */
  readonly reader: string;
}

const BYTES = 24;

/** Made once; the caller holds the folder's start lock. */
export async function rolePasswords(dataDir: string): Promise<RolePasswords> {
  return {
    app: await keptSecret(join(dataDir, "postgres.password"), BYTES),
    admin: await keptSecret(join(dataDir, "postgres.admin-password"), BYTES),
    reader: await keptSecret(join(dataDir, "postgres.reader-password"), BYTES),
  };
}

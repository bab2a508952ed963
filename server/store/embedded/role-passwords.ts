import { randomBytes } from "node:crypto";
import { link, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";

/** Passwords of the embedded server's roles; each lies in a file of its own that its owner alone may read. */
export interface RolePasswords {
  /** The application's. */
  readonly app: string;
  /** Of the administrator: it alone makes roles and databases. */
  readonly admin: string;
  /** Of whoever only reads (`cli sql`). */
  readonly reader: string;
}

export async function rolePasswords(dataDir: string, app: string): Promise<RolePasswords> {
  return {
    app,
    admin: await keptPassword(join(dataDir, "postgres.admin-password")),
    reader: await keptPassword(join(dataDir, "postgres.reader-password")),
  };
}

/** Made once, also by several that start at the same time: a file appears under its name with all that it holds. */
async function keptPassword(path: string): Promise<string> {
  const read = () => readFile(path, "utf8").then((text) => text.trim());
  const known = await read().catch(() => "");
  if (known !== "") return known;
  const draft = `${path}.${process.pid}`;
  await writeFile(draft, randomBytes(24).toString("hex"), { mode: 0o600 });
  try {
    await link(draft, path).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== "EEXIST") throw error;
    });
  } finally {
    await rm(draft, { force: true });
  }
  return read();
}

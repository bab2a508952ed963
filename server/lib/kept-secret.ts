import { randomBytes } from "node:crypto";
import { open, readFile, rename } from "node:fs/promises";
import { AppError } from "./errors.ts";

/**
 * A secret that is made once and kept in a file of its own that its owner alone may read. It appears under its name with
 * all that it holds, on the disk. Whoever calls this holds the lock of the folder: two starts must not make two.
 * @param bytes of randomness
 * @throws {AppError} when there is such a file and nothing in it: another secret would not open what this one sealed
 */
export async function keptSecret(path: string, bytes: number): Promise<string> {
  const known = await readFile(path, "utf8").catch((error: NodeJS.ErrnoException) => {
    if (error.code !== "ENOENT") throw error;
    return null;
  });
  if (known !== null) return filled(path, known.trim());
  const secret = randomBytes(bytes).toString("hex");
  const draft = `${path}.new`;
  const file = await open(draft, "w", 0o600);
  try {
    await file.writeFile(secret);
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(draft, path);
  return secret;
}

function filled(path: string, secret: string): string {
  if (secret !== "") return secret;
  throw new AppError(
    "secret_is_empty",
    500,
    `${path} is empty: put the file back from where you keep it; or remove it, if nothing was ever stored with it, and a new one is made.`,
  );
}

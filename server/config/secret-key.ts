import { join } from "node:path";
import { keptSecret } from "../lib/kept-secret.ts";
import { type Waiting, whileStarting } from "../lib/start-lock.ts";

/**
 * The root of all encryption and signing keys: SECRET_KEY, or one made once and kept in DATA_DIR (readable by its owner
 * only). Without it, what is sealed in the database cannot be opened again: back it up apart from the database.
 * @throws {UnusableDataDir} when it has to be kept there and cannot
 */
export async function secretKey(
  given: string | undefined,
  dataDir: string,
  waiting: Waiting = {},
): Promise<string> {
  if (given !== undefined) return given;
  return whileStarting(dataDir, waiting, () => keptSecret(join(dataDir, "secret.key"), 32));
}

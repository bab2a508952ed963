import type pg from "pg";
import type { Config } from "#server/config/config.ts";
import { secretKey } from "#server/config/secret-key.ts";
import { FieldCipher } from "#server/lib/field-cipher.ts";
import { keepSecret, requireSecret } from "#server/streams/log/secret-check.ts";

/**
 * What names and telephones of the list are sealed and opened with.
 * @param willSeal the first one who seals decides for the installation
 * @throws {AppError} the secret is not the installation's
 */
export async function listCipher(config: Config, pool: pg.Pool, willSeal: boolean): Promise<FieldCipher> {
  const cipher = new FieldCipher(await secretKey(config.SECRET_KEY, config.DATA_DIR));
  await (willSeal ? keepSecret(pool, cipher) : requireSecret(pool, cipher));
  return cipher;
}

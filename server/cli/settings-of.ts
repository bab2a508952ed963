import type { Config } from "#server/config/config.ts";
import { secretKey } from "#server/config/secret-key.ts";
import type { Database } from "#server/db/database.ts";
import { FieldCipher } from "#server/lib/field-cipher.ts";
import { CHANNELS } from "#server/notifications/channels.ts";
import { SettingsInForce } from "#server/settings/in-force.ts";

/** What opens what is sealed. */
export const cipherOf = async ({ SECRET_KEY, DATA_DIR }: Config): Promise<FieldCipher> =>
  new FieldCipher(await secretKey(SECRET_KEY, DATA_DIR));

/** What holds now: the environment of the command, then what administrators have set. */
export const settingsOf = async (
  config: Config,
  { pool }: Pick<Database, "pool">,
): Promise<SettingsInForce> =>
  new SettingsInForce({ pool, cipher: await cipherOf(config), config, groups: CHANNELS });

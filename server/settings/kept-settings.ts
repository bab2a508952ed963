import type { Context } from "../context.ts";
import { isSecretSetting, isSettingName, type SettingName } from "../contracts/settings.ts";
import type { FieldCipher } from "../lib/field-cipher.ts";

/** What administrators have set, by name, as an environment variable would hold it. */
export type KeptTexts = Readonly<Partial<Record<SettingName, string>>>;

export interface KeptSettings {
  /** 0: nobody has set anything yet. */
  readonly version: number;
  readonly texts: KeptTexts;
}

type Needs = Pick<Context, "pool" | "cipher">;

/** The newest version, opened. */
export async function keptSettings({ pool, cipher }: Needs): Promise<KeptSettings> {
  const { rows } = await pool.query<{ version: number; values: Readonly<Record<string, string>> }>(
    "SELECT version, values FROM settings_version ORDER BY version DESC LIMIT 1",
  );
  const [row] = rows;
  if (!row) return { version: 0, texts: {} };
  // A setting of another version of the product means nothing here.
  const known = Object.entries(row.values).filter((entry): entry is [SettingName, string] =>
    isSettingName(entry[0]),
  );
  const texts = Object.fromEntries(known.map(([name, value]) => [name, opened(cipher, name, value)]));
  return { version: row.version, texts };
}

const purposeOf = (name: SettingName): string => `setting ${name}`;

/** As the table keeps it. */
export const sealed = (cipher: FieldCipher, name: SettingName, text: string): string =>
  isSecretSetting(name) ? cipher.seal(Buffer.from(text), purposeOf(name)).toString("base64") : text;

const opened = (cipher: FieldCipher, name: SettingName, value: string): string =>
  isSecretSetting(name) ? cipher.open(Buffer.from(value, "base64"), purposeOf(name)).toString() : value;

import type { z } from "zod";
import { variables } from "../config/variables.ts";
import { writtenDefault } from "../config/written-defaults.ts";
import type { Context } from "../context.ts";
import type { listQuery } from "../contracts/api/common.ts";
import type { BusinessCalendarTexts, Setting, Settings, SettingsHistory } from "../contracts/api/settings.ts";
import { isSecretSetting, SETTING_NAMES, type SettingName } from "../contracts/settings.ts";
import { cutPage, decodeCursor } from "../lib/cursor.ts";
import { type KeptTexts, keptSettings } from "./kept-settings.ts";

type Needs = Pick<Context, "pool" | "cipher" | "config">;

/** Every setting as it is in force, and by whom. */
export async function settings(ctx: Needs): Promise<Settings> {
  const { version, texts } = await keptSettings(ctx);
  const items = SETTING_NAMES.map((name) => settingOf(name, ctx.config.given[name], texts));
  return { version, items, mails: ctx.config.given.NOTIFY_SMTP_URL !== undefined };
}

function settingOf(name: SettingName, given: string | undefined, texts: KeptTexts): Setting {
  const usual = usualText(name);
  const text = given ?? texts[name] ?? usual;
  const origin = given !== undefined ? "environment" : texts[name] !== undefined ? "settings" : "default";
  return { name, value: isSecretSetting(name) ? null : text, origin, usual };
}

const NOTHING: unknown = undefined;

/** What the product comes with, as it would be written; null: nothing. */
function usualText(name: SettingName): string | null {
  const schema = (variables.shape as Partial<Record<string, z.ZodType>>)[name];
  return writtenDefault(name, schema?.parse(NOTHING)) ?? null;
}

/** When the office is open, for whoever plans by it. */
export async function businessCalendar({ pool, cipher, config }: Needs): Promise<BusinessCalendarTexts> {
  const { texts } = await keptSettings({ pool, cipher });
  const textOf = (name: SettingName) => settingOf(name, config.given[name], texts).value ?? "";
  return { zone: config.BUSINESS_TIME_ZONE, hours: textOf("BUSINESS_HOURS"), days: textOf("HOLIDAYS") };
}

interface Row {
  readonly version: number;
  readonly changes: Readonly<
    Record<string, { readonly before: string | null; readonly after: string | null }>
  >;
  readonly created_at: Date;
  readonly created_by: string;
  readonly name: string | null;
  readonly reason: string;
}

/** Who set what, newest first. */
export async function settingsHistory(
  { pool }: Pick<Context, "pool">,
  query: z.infer<typeof listQuery>,
): Promise<SettingsHistory> {
  const before = decodeCursor(query.cursor, ["integer"])?.[0] ?? null;
  const { rows } = await pool.query<Row>(
    `SELECT s.version, s.changes, s.created_at, s.created_by, p.name, s.reason
     FROM settings_version s LEFT JOIN "user" p ON p.id = s.created_by
     WHERE $1::bigint IS NULL OR s.version < $1 ORDER BY s.version DESC LIMIT $2`,
    [before, query.limit + 1],
  );
  const { items, nextCursor } = cutPage(rows, query.limit, (row) => [row.version]);
  return {
    items: items.map((row) => ({
      version: row.version,
      changes: Object.entries(row.changes).map(([name, change]) => ({ name, ...change })),
      createdAt: row.created_at.toISOString(),
      createdBy: { id: row.created_by, name: row.name ?? row.created_by },
      reason: row.reason,
    })),
    nextCursor,
  };
}

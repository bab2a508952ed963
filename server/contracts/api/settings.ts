import { z } from "zod";
import { personReason } from "../person-verbs.ts";
import { SETTING_NAMES } from "../settings.ts";
import { instant, page } from "./common.ts";
import { person } from "./retention.ts";

const settingName = z.enum(SETTING_NAMES);
/** As an environment variable holds it. Lines and commas part what is several. */
const settingText = z.string().max(20_000);

export const setting = z.object({
  name: settingName,
  /** In force; null: nothing, or a secret. */
  value: settingText.nullable(),
  /** environment: a variable wins over what is set here. default: nobody has set it. */
  origin: z.enum(["environment", "settings", "default"]),
  /** What the product comes with; null: nothing. */
  usual: settingText.nullable(),
});
export type Setting = z.infer<typeof setting>;

/** GET /api/v1/settings */
export const settings = z.object({
  /** 0: nobody has set anything yet. */
  version: z.number().int(),
  items: z.array(setting),
  /** Whether a mail server is configured (NOTIFY_SMTP_URL): e-mails go nowhere without. */
  mails: z.boolean(),
});
export type Settings = z.infer<typeof settings>;

/** GET /api/v1/settings/history : newest first. */
export const settingsChange = z.object({
  version: z.number().int(),
  /** Texts before and after; null: unset. Of secrets only whether there was one: `•••`. */
  changes: z.array(
    z.object({ name: z.string(), before: z.string().nullable(), after: z.string().nullable() }),
  ),
  createdAt: instant,
  createdBy: person,
  reason: z.string(),
});
export type SettingsChange = z.infer<typeof settingsChange>;
export const settingsHistory = page(settingsChange);
export type SettingsHistory = z.infer<typeof settingsHistory>;

/** PATCH /api/v1/settings : what is left out stays; null: as the product comes. */
export const settingsPatch = z.object({
  changes: z.partialRecord(settingName, settingText.nullable()),
  reason: personReason,
});
export type SettingsPatch = z.infer<typeof settingsPatch>;

/** GET /api/v1/business-calendar : texts as BUSINESS_HOURS and HOLIDAYS are written. */
export const businessCalendar = z.object({ zone: z.string(), hours: z.string(), days: z.string() });
export type BusinessCalendarTexts = z.infer<typeof businessCalendar>;

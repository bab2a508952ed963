/** Parts of the settings as they stand on the page, in this order; `settings.groups` among the words names them. */
export const SETTING_GROUPS = ["calendar", "contact", "channels", "keeping", "fourEyes"] as const;
export type SettingGroup = (typeof SETTING_GROUPS)[number];

interface SettingShape {
  readonly group: SettingGroup;
  /** How it is filled in. `secret`: it is never shown again. */
  readonly form: "whole" | "duration" | "line" | "lines" | "secret" | "choices";
}

/**
 * All that administrators set. Each setting has the name, the written form and the default of the environment variable that
 * wins over it (server/config/variables.ts, server/notifications); its words are in components/settings/messages.
 */
export const SETTINGS = {
  BUSINESS_HOURS: { group: "calendar", form: "line" },
  HOLIDAYS: { group: "calendar", form: "lines" },
  REVEALS_PER_HOUR: { group: "contact", form: "whole" },
  CONTACT_LIMIT_TIMES: { group: "contact", form: "whole" },
  CONTACT_LIMIT_DAYS: { group: "contact", form: "whole" },
  NOTIFY_EMAIL_TO: { group: "channels", form: "lines" },
  NOTIFY_WEBHOOK_URL: { group: "channels", form: "secret" },
  NOTIFY_WEBHOOK_SECRET: { group: "channels", form: "secret" },
  KEEP_LOG: { group: "keeping", form: "duration" },
  KEEP_ORDERS: { group: "keeping", form: "duration" },
  KEEP_DEAD_LETTERS: { group: "keeping", form: "duration" },
  KEEP_NOTICES: { group: "keeping", form: "duration" },
  KEEP_IMPORTS: { group: "keeping", form: "duration" },
  KEEP_AUDIT_DETAILS: { group: "keeping", form: "duration" },
  FOUR_EYES: { group: "fourEyes", form: "choices" },
} as const satisfies Readonly<Record<string, SettingShape>>;

export type SettingName = keyof typeof SETTINGS;
export const SETTING_NAMES = Object.keys(SETTINGS) as SettingName[];
export const isSettingName = (name: string): name is SettingName => Object.hasOwn(SETTINGS, name);
/** Its value is kept sealed and never shown. */
export const isSecretSetting = (name: SettingName): boolean => SETTINGS[name].form === "secret";

/** Defaults of variables that are stored in another form than they are written in. */
const WRITTEN_DEFAULTS: Readonly<Record<string, string>> = {
  LAST_PAGE_MAX_AGE: "30d",
  KEEP_LOG: "400d",
  KEEP_ORDERS: "400d",
  KEEP_DEAD_LETTERS: "180d",
  KEEP_NOTICES: "400d",
  KEEP_IMPORTS: "180d",
  KEEP_AUDIT_DETAILS: "1095d",
  BUSINESS_HOURS: "Mon-Fri 09:00-18:00",
  FOUR_EYES: "none",
  METRICS_OPEN: "0",
  NOTIFY_ALLOW_PRIVATE: "0",
  DEMO: "0",
  OIDC_SIGN_UP: "0",
  OIDC_TRUST_EMAIL: "0",
  WECOM_SIGN_UP: "0",
  DINGTALK_READ_DIRECTORY: "0",
  DINGTALK_SIGN_UP: "0",
};

/** How a default would be written. @param value as it is stored @returns undefined: there is none */
export const writtenDefault = (name: string, value: unknown): string | undefined =>
  WRITTEN_DEFAULTS[name] ?? (value === undefined ? undefined : String(value) || undefined);

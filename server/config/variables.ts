import { z } from "zod";
import { KILL_POINTS } from "../lib/kill-points.ts";

const port = z.coerce.number().int().min(0).max(65535);
const positiveMs = z.coerce.number().int().min(0);

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat("en", { timeZone: name });
    return true;
  } catch {
    return false;
  }
}

/** Durations are written as a number with a unit: 30d, 12h, 15m, 10s, 500ms. */
const duration = z
  .string()
  .regex(/^\d+(ms|s|m|h|d)$/, "write a number with a unit: 30d, 12h, 15m, 10s or 500ms")
  .transform((text) => {
    const units = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const;
    const unit = text.replace(/^\d+/, "") as keyof typeof units;
    return Number.parseInt(text, 10) * units[unit];
  });

/** Every environment variable, with its default; docs/configuration.md is generated from this table. */
export const variables = z.object({
  PORT: port.default(3000).describe("Port of the web server; 0 takes a free one."),
  HOST: z.string().min(1).default("0.0.0.0").describe("Address that the web server listens on."),
  PUBLIC_URL: z
    .url()
    .optional()
    .describe("Address under which browsers reach the system, when it stands behind a proxy."),
  DATA_DIR: z.string().min(1).default("./data").describe("Embedded database, generated secrets."),
  DATABASE_URL: z
    .url({ protocol: /^postgres(ql)?$/ })
    .optional()
    .describe("A PostgreSQL (15 or newer) to use; unset: an embedded PostgreSQL under DATA_DIR."),
  DATABASE_READER_URL: z
    .url({ protocol: /^postgres(ql)?$/ })
    .optional()
    .describe("The database of DATABASE_URL by a role that only reads, for `cli sql`."),
  BUSINESS_TIME_ZONE: z
    .string()
    .refine(isTimeZone, "not an IANA time zone")
    .default("Asia/Shanghai")
    .describe(
      "Zone of business dates and hours (rule C1); kept at the first start, and the same ever after.",
    ),
  DAY_CLOSE_AFTER_HOURS: z.coerce
    .number()
    .int()
    .min(0)
    .max(24 * 3660)
    .default(24)
    .describe("Hours after its end that a business day stays open (rule O6)."),
  MAX_FUTURE_SKEW_MS: positiveMs
    .default(300_000)
    .describe("How far an event time may lie ahead of the clock (rule C8), milliseconds."),
  LAST_PAGE_MAX_AGE: duration
    .default(30 * 86_400_000)
    .describe("Age after which a last page is answered as OUTSIDE_MAX_AGE (rule P4), e.g. 30d."),
  KEEP_LOG: duration
    .default(400 * 86_400_000)
    .describe("How long the log of events is kept after their commit, in whole months; 0d: for ever."),
  KEEP_ORDERS: duration
    .default(400 * 86_400_000)
    .describe("How long last and gross orders of a business day are kept, in whole months; 0d: for ever."),
  KEEP_DEAD_LETTERS: duration
    .default(180 * 86_400_000)
    .describe("How long rejected lines are kept; 0d: for ever."),
  KEEP_NOTICES: duration
    .default(400 * 86_400_000)
    .describe("How long notices are kept that were delivered or given up; 0d: for ever."),
  INIT_ADMIN_EMAIL: z.email().optional().describe("Makes the first administrator without hands."),
  INIT_ADMIN_PASSWORD: z
    .string()
    .min(12)
    .max(256)
    .optional()
    .describe("Password of that administrator: 12 characters or more, not a common one."),
  INIT_API_KEY: z
    .string()
    .regex(/^[\x21-\x7e]{32,200}$/, "write 32 to 200 letters, digits and signs, without blanks")
    .optional()
    .describe(
      "A key for machines (scopes ingest, replay, read, features, key-users), made once, without an end; another value revokes the earlier one.",
    ),
  SECRET_KEY: z
    .string()
    .min(32)
    .optional()
    .describe("Root of encryption and signing keys; unset: made once and kept in DATA_DIR."),
  BACKUP_KEY: z.string().min(32).optional().describe("Encrypts backups; unset: a key that SECRET_KEY gives."),
  NOTIFY_WEBHOOK_URL: z
    .url({ protocol: /^https?$/ })
    .optional()
    .describe("Where new, regressed and worse cases are posted as signed JSON (Standard Webhooks)."),
  NOTIFY_WEBHOOK_SECRET: z
    .string()
    .regex(/^whsec_[A-Za-z0-9+/]{32,88}={0,2}$/, "write whsec_ and 24 to 64 random bytes in base64")
    .optional()
    .describe("Signs what is posted: `whsec_` and at least 24 random bytes in base64."),
  NOTIFY_ALLOW_PRIVATE: z
    .enum(["0", "1"])
    .default("0")
    .transform((flag) => flag === "1")
    .describe("1: webhook and heartbeat may go over plain HTTP and to addresses of the own network."),
  NOTIFY_SMTP_URL: z
    .url({ protocol: /^smtps?$/ })
    .optional()
    .describe("Mail server for notices, e.g. smtps://user:password@mail.example.com."),
  NOTIFY_EMAIL_FROM: z.string().min(3).optional().describe("Sender of those e-mails."),
  NOTIFY_EMAIL_TO: z
    .string()
    .transform((list) => list.split(",").map((address) => address.trim()))
    .pipe(z.array(z.email()).min(1))
    .optional()
    .describe("Their receivers, separated by commas."),
  NOTIFY_LANGUAGE: z.enum(["en", "zh"]).default("en").describe("Language of those e-mails."),
  NOTIFY_HEARTBEAT_URL: z
    .url({ protocol: /^https?$/ })
    .optional()
    .describe("Called every minute while alerts are found and sent: an outside monitor misses the call."),
  LOG_LEVEL: z
    .enum(["fatal", "error", "warn", "info", "debug", "trace", "silent"])
    .default("info")
    .describe("How much is logged."),
  DEMO: z
    .enum(["0", "1"])
    .default("0")
    .transform((flag) => flag === "1")
    .describe("1: fill the system with a simulated insurer (npm run demo sets it)."),
  DEMO_SPEED: z.coerce
    .number()
    .min(1)
    .max(10_000)
    .default(1)
    .describe("How many times faster than the clock the simulated day runs."),
  KILL_AT: z
    .string()
    .regex(new RegExp(`^(${KILL_POINTS.join("|")})(:[1-9]\\d*)?$`), "not a place that there is")
    .optional()
    .describe("For tests alone: the process dies the n-th time that it comes to a place, e.g. after-log:3."),
  DEMO_SEED: z.coerce.number().int().min(0).default(1).describe("Seed of the simulated insurer."),
});

export type Variables = z.infer<typeof variables>;

import { z } from "zod";
import { GUARDED_ACTS } from "../contracts/four-eyes.ts";
import { NODE_ROLES } from "../contracts/node-roles.ts";
import { FAULT_POINTS } from "../lib/fault-points.ts";
import {
  addressOf,
  decimal,
  duration,
  email,
  flag,
  folder,
  host,
  keeping,
  keepingEvidence,
  list,
  longText,
  network,
  oneOf,
  openHours,
  origin,
  password,
  someOf,
  specialDays,
  timeZone,
  whole,
} from "./kinds.ts";

/** Environment variables with their defaults; channels declare their own. docs/configuration.md is generated from all of them. */
export const variables = z.object({
  PORT: whole(0, 65_535).default(3000).describe("Port of the web server; 0 takes a free one."),
  HOST: host.default("0.0.0.0").describe("Address that the web server listens on."),
  PUBLIC_URL: origin
    .optional()
    .describe(
      "Origin under which browsers reach the system, and the only one then: https://tidewatch.example.com.",
    ),
  TRUSTED_PROXIES: list
    .pipe(z.array(network).min(1, "name at least one proxy, or leave it unset"))
    .optional()
    .describe("Proxies whose forwarded headers count: addresses or networks, separated by commas."),
  METRICS_OPEN: flag
    .default(false)
    .describe("1: /metrics answers everybody; 0: a key of scope read, or this machine itself."),
  NODE_ROLE: oneOf(NODE_ROLES)
    .default("all")
    .describe("all: this node may become the writer; web: it never does, serves people and hands events on."),
  NODE_URL: origin
    .optional()
    .describe(
      "Where other nodes of the same database reach this one; unset: HOST and PORT, or this machine's first address.",
    ),
  DATA_DIR: folder.default("./data").describe("Embedded database, generated secrets."),
  DATABASE_URL: addressOf(["postgresql", "postgres"], (url) => !url.searchParams.has("host"))
    .optional()
    .describe("A PostgreSQL (15 or newer) to use; unset: an embedded PostgreSQL under DATA_DIR."),
  DATABASE_READER_URL: addressOf(["postgresql", "postgres"], (url) => !url.searchParams.has("host"))
    .optional()
    .describe("The database of DATABASE_URL by a role that only reads, for `cli sql`."),
  BUSINESS_TIME_ZONE: timeZone
    .default("Asia/Shanghai")
    .describe(
      "Zone of business dates and hours (rule C1); kept at the first start, and the same ever after.",
    ),
  DAY_CLOSE_AFTER_HOURS: whole(0, 24 * 3660)
    .default(24)
    .describe("Hours after its end that a business day stays open (rule O6)."),
  MAX_FUTURE_SKEW_MS: whole(0, 36_500 * 86_400_000)
    .default(300_000)
    .describe("How far an event time may lie ahead of the clock (rule C8), milliseconds."),
  LAST_PAGE_MAX_AGE: duration
    .refine((ms) => ms > 0, "write more than nothing: every last page would be too old")
    .default(30 * 86_400_000)
    .describe("Age after which a last page is answered as OUTSIDE_MAX_AGE (rule P4), e.g. 30d."),
  KEEP_LOG: keeping
    .default(400 * 86_400_000)
    .describe("How long the log of events is kept after their commit, in whole months; 0d: for ever."),
  KEEP_ORDERS: keeping
    .default(400 * 86_400_000)
    .describe("How long last and gross orders of a business day are kept, in whole months; 0d: for ever."),
  KEEP_DEAD_LETTERS: keeping
    .default(180 * 86_400_000)
    .describe("How long rejected lines are kept; 0d: for ever."),
  KEEP_NOTICES: keeping
    .default(400 * 86_400_000)
    .describe("How long notices are kept that were delivered or given up; 0d: for ever."),
  KEEP_IMPORTS: keeping
    .default(180 * 86_400_000)
    .describe(
      "How long is kept what an import of the key-user list did row by row: so long it can be undone (rule W4); 0d: for ever.",
    ),
  PERSONAL_EXPORT: oneOf(["nobody", "administrators"])
    .default("nobody")
    .describe(
      "Who may export names and telephones of the key-user list in clear, each time audited: nobody or administrators.",
    ),
  REVEALS_PER_HOUR: whole(1, 10_000)
    .default(40)
    .describe("How many fields of customers a person may reveal within an hour."),
  CONTACT_LIMIT_TIMES: whole(0, 1_000)
    .default(3)
    .describe(
      "How often a customer may be reached within CONTACT_LIMIT_DAYS before who calls has to mean it; 0: as often as one likes.",
    ),
  CONTACT_LIMIT_DAYS: whole(1, 3_660).default(7).describe("Days that CONTACT_LIMIT_TIMES counts over."),
  BUSINESS_HOURS: openHours
    .prefault("Mon-Fri 09:00-18:00")
    .describe("When the office is open, in the business zone: weekdays with hours, separated by commas."),
  HOLIDAYS: specialDays
    .prefault("")
    .describe(
      "Days off, and with a + days that are worked although the week says otherwise: 2026-10-01..2026-10-07 National Day, +2026-10-10.",
    ),
  FOUR_EYES: someOf(GUARDED_ACTS)
    .prefault("none")
    .describe(
      "What one administrator proposes and another one confirms: thresholds, list (its imports), roles; none.",
    ),
  KEEP_AUDIT_DETAILS: keepingEvidence
    .default(1_095 * 86_400_000)
    .describe(
      "How long reasons, addresses and counts of audit entries are kept, at least 30d; the entries themselves stay; 0d: for ever.",
    ),
  INIT_ADMIN_EMAIL: email.optional().describe("Makes the first administrator without hands."),
  INIT_ADMIN_PASSWORD: password
    .optional()
    .describe("Password of that administrator: 12 to 128 characters, not a common one."),
  INIT_API_KEY: z
    .string()
    .regex(/^[\x21-\x7e]{32,200}$/, "write 32 to 200 letters, digits and signs, without blanks")
    .optional()
    .describe(
      "A key for machines (scopes ingest, replay, read, features, key-users), made once, without an end; another value revokes the earlier one.",
    ),
  REQUIRE_SECOND_FACTOR: oneOf(["administrators", "all", "none"])
    .optional()
    .describe(
      "Who works with a second factor alone: administrators, all or none; unset: administrators, and in a demo none.",
    ),
  SECRET_KEY: longText(32)
    .optional()
    .describe("Root of encryption and signing keys; unset: made once and kept in DATA_DIR."),
  BACKUP_KEY: longText(32).optional().describe("Encrypts backups; unset: a key that SECRET_KEY gives."),
  NOTIFY_ALLOW_PRIVATE: flag
    .default(false)
    .describe("1: webhook and heartbeat may go over plain HTTP and to addresses of the own network."),
  NOTIFY_HEARTBEAT_URL: addressOf(["https", "http"])
    .optional()
    .describe("Called every minute while alerts are found and sent: an outside monitor misses the call."),
  LOG_LEVEL: oneOf(["fatal", "error", "warn", "info", "debug", "trace", "silent"])
    .default("info")
    .describe("How much is logged."),
  DEMO: flag.default(false).describe("1: fill the system with a simulated insurer (npm run demo sets it)."),
  DEMO_SPEED: decimal(1, 10_000)
    .default(1)
    .describe("How many times faster than the clock the simulated day runs."),
  FAULT_AT: z
    .string()
    .regex(
      new RegExp(`^(${FAULT_POINTS.join("|")})(:[1-9]\\d*)?$`),
      `write one of ${FAULT_POINTS.join(", ")}; with a number: ${FAULT_POINTS[0]}:3`,
    )
    .optional()
    .describe("For tests alone: the process dies the n-th time that it comes to a place, e.g. after-log:3."),
  DEMO_SEED: whole(0, 2 ** 32 - 1)
    .default(1)
    .describe("Seed of the simulated insurer."),
});

export type Variables = z.infer<typeof variables>;

import type { Proposal } from "#server/contracts/api/proposals.ts";
import type { Setting, Settings, SettingsChange } from "#server/contracts/api/settings.ts";

const of = (
  name: Setting["name"],
  value: string | null,
  usual: string | null,
  origin: Setting["origin"],
): Setting => ({
  name,
  value,
  usual,
  origin,
});

/** Some as they come, some set, one of the environment. */
export const theSettings = (given: Partial<Settings> = {}): Settings => ({
  version: 3,
  items: [
    of("BUSINESS_HOURS", "Mon-Fri 09:00-12:00, Mon-Fri 13:00-18:00", "Mon-Fri 09:00-18:00", "settings"),
    of(
      "HOLIDAYS",
      "2026-10-01..2026-10-07 National Day\n+2026-10-10 instead of the seventh",
      null,
      "settings",
    ),
    of("REVEALS_PER_HOUR", "40", "40", "default"),
    of("CONTACT_LIMIT_TIMES", "3", "3", "default"),
    of("CONTACT_LIMIT_DAYS", "7", "7", "default"),
    of("NOTIFY_EMAIL_TO", "managers@example.com", null, "settings"),
    of("NOTIFY_WEBHOOK_URL", null, null, "settings"),
    of("NOTIFY_WEBHOOK_SECRET", null, null, "settings"),
    of("KEEP_LOG", "90d", "400d", "environment"),
    of("KEEP_ORDERS", "400d", "400d", "default"),
    of("KEEP_DEAD_LETTERS", "180d", "180d", "default"),
    of("KEEP_NOTICES", "400d", "400d", "default"),
    of("KEEP_IMPORTS", "180d", "180d", "default"),
    of("KEEP_AUDIT_DETAILS", "1095d", "1095d", "default"),
    of("FOUR_EYES", "thresholds, roles", "none", "settings"),
  ],
  mails: false,
  ...given,
});

export const someChanges = (): SettingsChange[] => [
  {
    version: 3,
    changes: [{ name: "FOUR_EYES", before: null, after: "thresholds, roles" }],
    createdAt: "2026-11-22T06:23:00.000Z",
    createdBy: { id: "lin", name: "Lin Wei" },
    reason: "asked for by the auditors",
  },
  {
    version: 2,
    changes: [
      { name: "BUSINESS_HOURS", before: null, after: "Mon-Fri 09:00-12:00, Mon-Fri 13:00-18:00" },
      { name: "NOTIFY_WEBHOOK_SECRET", before: "•••", after: "•••" },
    ],
    createdAt: "2026-11-20T01:00:00.000Z",
    createdBy: { id: "cli:root", name: "cli:root" },
    reason: "the new office",
  },
];

export const aProposal = (given: Partial<Proposal> = {}): Proposal => ({
  id: "7",
  act: "thresholds",
  state: "open",
  told: { stepBefore: "15.00", stepAfter: "20", cumulativeBefore: "15.00", cumulativeAfter: "15.00" },
  reason: "too many alerts that lead to nothing",
  proposedAt: "2026-11-22T06:23:00.000Z",
  proposedBy: { id: "an", name: "An Min" },
  expiresAt: "2026-11-29T06:23:00.000Z",
  decidedAt: null,
  decidedBy: null,
  decisionReason: null,
  isOwn: false,
  ...given,
});

/** One of each act. */
export const someProposals = (): Proposal[] => [
  aProposal(),
  aProposal({
    id: "6",
    act: "list",
    told: {
      file: "list of November.csv",
      added: 1203,
      changed: 310,
      unchanged: 48_211,
      conflicting: 2,
      rejected: 4,
    },
    reason: null,
  }),
  aProposal({
    id: "5",
    act: "roles",
    told: { person: "ou", name: "Ou Jie", before: "manager", after: "administrator" },
    reason: "leads the team now",
    isOwn: true,
  }),
  aProposal({ id: "4", act: "settings", told: { FOUR_EYES: "none" }, reason: "alone in the holidays" }),
];

import type { AuditActor, AuditEntry, AuditPage } from "#server/contracts/api/audit.ts";

export const LIN: AuditActor = { id: "lin", name: "Lin Wei", kind: "person" };
const ADA: AuditActor = { id: "ada", name: "Ada Moreau", kind: "person" };

export function anAuditEntry(given: Partial<AuditEntry> = {}): AuditEntry {
  return {
    id: "48214",
    at: "2026-11-23T02:23:08.000Z",
    actor: LIN,
    action: "retention.claimed",
    subject: "case 20417",
    subjectName: null,
    reason: null,
    address: "10.20.4.31",
    details: { version: 1 },
    ...given,
  };
}

/** One of each kind of actor, with and without reasons and details. */
export function someAuditEntries(): AuditEntry[] {
  const rows: Partial<AuditEntry>[] = [
    {},
    { action: "retention.noted", subject: "case 20402" },
    {
      actor: ADA,
      action: "alert-rules.change",
      subject: "alert rules 3",
      reason: "backtest: 41 fewer false alarms",
      details: {
        stepPercent: "15.00",
        cumulativePercent: "10.00",
        reason: "backtest: 41 fewer false alarms",
      },
    },
    {
      actor: ADA,
      action: "person.disable",
      subject: "person 3f2a1b5c-0000-4000-8000-000000000001",
      subjectName: "He Min",
      reason: "left the company",
      details: { reason: "left the company", sessions: 2, role: "manager" },
    },
    {
      actor: { id: "k", name: "list sync", kind: "key" },
      action: "key-users.import",
      subject: "import 12",
      details: { added: 3, changed: 40, unchanged: 1200, file: "key-users-2026-11.csv" },
    },
    {
      actor: { id: "cli:root", name: null, kind: "command" },
      action: "backup.make",
      subject: "installation",
      address: null,
      details: { rows: 120_000 },
    },
    {
      actor: { id: "system", name: null, kind: "system" },
      action: "data.prune",
      subject: "installation",
      address: null,
    },
    {
      actor: { id: "anonymous", name: null, kind: "anonymous" },
      action: "session.refused",
      subject: "unknown",
      reason: "wrong password",
      details: { reason: "wrong password", at: "sign-in", count: 14 },
    },
    {
      actor: { id: "3f2a1b5c-0000-4000-8000-000000000009", name: null, kind: "gone" },
      action: "session.sign-in",
      subject: "person 3f2a1b5c-0000-4000-8000-000000000009",
      address: null,
      details: null,
    },
    {
      action: "right.refused",
      subject: "right orders.revise",
      details: { at: "POST /api/v1/orders/days/{date}/apply-late", count: 1 },
    },
  ];
  return rows.map((row, index) => anAuditEntry({ id: String(48_214 - index), ...row }));
}

export function anAuditPage(items: readonly AuditEntry[] = someAuditEntries()): AuditPage {
  return { items: [...items], nextCursor: items.length > 0 ? "older" : null, total: items.length * 21 };
}

import type { Notice } from "#server/notifications/channel.ts";

/** The alert of the worked example, as a channel gets it. */
export const aNotice = (given: Partial<Notice> = {}): Notice => ({
  key: "alert_1",
  kind: "opened",
  caseId: "3",
  userId: "7",
  occurrenceId: "1",
  rules: ["step", "cumulative"],
  ruleVersion: 1,
  baselineBefore: "850.00",
  anchor: "1000.00",
  amountNow: "722.49",
  premiumAtRisk: "277.51",
  eventTime: "2026-11-22T04:00:00.000Z",
  createdAt: "2026-11-22T04:00:01.000Z",
  ...given,
});

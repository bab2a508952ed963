import type { AudienceNow, LastPage } from "#server/contracts/api/audience.ts";

const AT = "2026-11-22T06:23:00.000Z";
const TYPES = ["product", "activity", "claims", null];

export const anAudience = (given: Partial<AudienceNow> = {}): AudienceNow => ({
  windowMinutes: 30,
  accounts: 412,
  byType: TYPES.map((pageType, index) => ({ pageType, accounts: 200 - index * 45 })),
  byPage: TYPES.map((pageType, index) => ({
    pageType,
    pageName: index === 3 ? null : `Page ${index + 1}`,
    accounts: 90 - index * 20,
  })),
  movement: Array.from({ length: 30 }, (_, minute) => ({
    at: new Date(Date.parse(AT) - (30 - minute) * 60_000).toISOString(),
    byType: TYPES.map((pageType, index) => ({ pageType, accounts: 100 + minute - index * 20 })),
  })),
  snapshot: { epoch: "1", position: 7 },
  ...given,
});

export const aLastPage = (given: Partial<LastPage> = {}): LastPage => ({
  accountId: "acc-1",
  deviceId: "iPhone-7",
  pageType: "product",
  pageName: "Cancer cover",
  eventTime: AT,
  ageSeconds: 95,
  status: "PRESENT",
  ...given,
});

import type { ApiKey } from "#server/contracts/api/api-keys.ts";

const AT = "2026-11-22T06:23:00.000Z";

export const anApiKey = (given: Partial<ApiKey> = {}): ApiKey => ({
  id: "6f1c2c1e-0d2b-4a36-9a07-0e4a4b8f1c11",
  name: "till of the branch",
  prefix: "tw_9aQ1",
  scopes: ["ingest"],
  state: "valid",
  createdAt: "2026-03-03T06:00:00.000Z",
  createdBy: { id: "an", name: "An Min" },
  expiresAt: "2999-03-03T06:00:00.000Z",
  lastUsedAt: AT,
  lastUsedFrom: "10.0.0.4",
  revokedAt: null,
  rotatedFrom: null,
  rotatedTo: null,
  isRotatable: true,
  perMinute: null,
  ...given,
});

/** Keys as they may stand in use, each for another reason. @param now ms */
export const someApiKeys = (now: number): ApiKey[] => [
  anApiKey(),
  anApiKey({
    id: "2",
    name: "business intelligence, with a name that is rather long for its cell",
    scopes: ["read", "features", "key-users"],
    createdBy: { id: "cli:root", name: null },
    expiresAt: new Date(now + 5 * 86_400_000).toISOString(),
    lastUsedFrom: "2001:db8:85a3:8d3:1319:8a2e:370:7348",
    perMinute: 600,
  }),
  anApiKey({
    id: "3",
    name: "recommender",
    scopes: ["features"],
    expiresAt: new Date(now + 3_600_000 * 5).toISOString(),
    rotatedTo: "4",
    isRotatable: false,
  }),
  anApiKey({
    id: "4",
    name: "recommender",
    scopes: ["features"],
    createdBy: { id: "gone", name: null },
    lastUsedAt: null,
    lastUsedFrom: null,
    rotatedFrom: "3",
  }),
  anApiKey({
    id: "5",
    name: "INIT_API_KEY",
    prefix: "(given)",
    scopes: ["ingest", "read", "features", "key-users", "replay"],
    createdBy: { id: "system", name: null },
    expiresAt: null,
    isRotatable: false,
  }),
];

/** One that has expired, one that was revoked. */
export const endedApiKeys = (): ApiKey[] => [
  anApiKey({ state: "expired", expiresAt: "2026-01-01T00:00:00.000Z", isRotatable: false }),
  anApiKey({ id: "2", name: "lost laptop", state: "revoked", revokedAt: AT, isRotatable: false }),
];

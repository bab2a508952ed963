import { z } from "zod";
import {
  LONGEST_KEY_NAME,
  LONGEST_OVERLAP_HOURS,
  MOST_PER_MINUTE,
  USUAL_OVERLAP_HOURS,
} from "../key-bounds.ts";
import { oneLine } from "../one-line.ts";
import { SCOPES } from "../scopes.ts";
import { instant, listQuery, page } from "./common.ts";

/** A key of a machine, without its secret. */
export const apiKey = z.object({
  id: z.string(),
  name: z.string(),
  /** The first characters of the secret; "(given)" when people chose it. */
  prefix: z.string(),
  scopes: z.array(z.enum(SCOPES)),
  state: z.enum(["valid", "expired", "revoked"]),
  createdAt: instant,
  /** Who made it; without a name: the command line (`cli:USER`), or `system`. */
  createdBy: z.object({ id: z.string(), name: z.string().nullable() }),
  /** null: never. */
  expiresAt: instant.nullable(),
  /** Exact to the minute; null: never used. */
  lastUsedAt: instant.nullable(),
  /** The client's address at that time. */
  lastUsedFrom: z.string().nullable(),
  revokedAt: instant.nullable(),
  /** Id of the key that it takes the place of. */
  rotatedFrom: z.string().nullable(),
  /** Id of the key that takes its place. */
  rotatedTo: z.string().nullable(),
  isRotatable: z.boolean(),
  /** Requests a minute that each process takes; null: as many as come. */
  perMinute: z.number().int().nullable(),
});
export type ApiKey = z.infer<typeof apiKey>;

/** GET /api/v1/api-keys : newest first. */
export const apiKeysQuery = listQuery.extend({ state: z.enum(["valid", "ended"]).optional() });
export const apiKeysPage = page(apiKey);
export type ApiKeysPage = z.infer<typeof apiKeysPage>;

/** What a key that was made answers: its secret is shown this once. */
export const issuedApiKey = z.object({ key: apiKey, secret: z.string() });
export type IssuedApiKey = z.infer<typeof issuedApiKey>;

const reason = oneLine(500);

/** POST /api/v1/api-keys */
export const newApiKey = z.object({
  name: oneLine(LONGEST_KEY_NAME),
  scopes: z
    .array(z.enum(SCOPES))
    .min(1)
    .transform((given) => [...new Set(given)]),
  expiresAt: instant.nullable().optional().describe("null: never; left out: in 365 days"),
  perMinute: z
    .number()
    .int()
    .min(1)
    .max(MOST_PER_MINUTE)
    .nullable()
    .optional()
    .describe("Requests a minute; null: as many as come; left out: what is usual for its scopes"),
  reason,
});

/** POST /api/v1/api-keys/{id}/rotate */
export const keyRotation = z.object({
  overlapHours: z.number().int().min(0).max(LONGEST_OVERLAP_HOURS).default(USUAL_OVERLAP_HOURS),
  reason,
});

/** POST /api/v1/api-keys/{id}/revoke */
export const keyRevocation = z.object({ reason });

import { z } from "zod";
import { instant, snapshotPosition } from "./common.ts";

const featureStatus = z.enum(["PRESENT", "NOT_FOUND", "OUTSIDE_MAX_AGE"]);
export const lastPageKey = z.object({
  account_id: z.string().min(1).max(512),
  device_id: z.string().max(512).optional(),
});
/** GET /api/v1/features/last-page (rule P4) */
export const lastPage = z.object({
  accountId: z.string(),
  deviceId: z.string().nullable(),
  pageType: z.string().nullable(),
  pageName: z.string().nullable(),
  eventTime: instant.nullable(),
  ageSeconds: z.number().int().nullable(),
  status: featureStatus,
});
export type LastPage = z.infer<typeof lastPage>;
export const lastPageBatch = z.object({ keys: z.array(lastPageKey).min(1).max(1000) });
export const lastPageBatchAnswer = z.object({ items: z.array(lastPage) });

const typeCount = z.object({ pageType: z.string().nullable(), accounts: z.number().int() });
/** Accounts by page type as they were at one minute. */
const audienceMovement = z.object({ at: instant, byType: z.array(typeCount) });
export type AudienceMovement = z.infer<typeof audienceMovement>;

/** Where users are now: accounts by the page type (and page) of their last page within the window. */
export const audienceNow = z.object({
  windowMinutes: z.number().int(),
  accounts: z.number().int(),
  byType: z.array(typeCount),
  byPage: z.array(
    z.object({
      pageType: z.string().nullable(),
      pageName: z.string().nullable(),
      accounts: z.number().int(),
    }),
  ),
  /** Minutes of the last hour, oldest first, as far as this server has seen them. */
  movement: z.array(audienceMovement),
  snapshot: snapshotPosition,
});
export type AudienceNow = z.infer<typeof audienceNow>;

/** All last pages of one account, newest first: GET /api/v1/audience/accounts/{accountId} */
export const accountPages = z.object({ accountId: z.string(), items: z.array(lastPage) });
export type AccountPages = z.infer<typeof accountPages>;

import { z } from "zod";
import { instant, page } from "./common.ts";
import { person } from "./retention.ts";

/** Percent with two digits, as text. */
const percent = z.string().regex(/^\d{1,2}\.\d{2}$/);

/** A version of the thresholds of rules K4 and K5; versions are never changed. */
export const alertRules = z.object({
  version: z.number().int(),
  stepPercent: percent,
  cumulativePercent: percent,
  createdAt: instant,
  /** null: came with the system. */
  createdBy: person.nullable(),
  reason: z.string().nullable(),
});
export type AlertRules = z.infer<typeof alertRules>;

/** GET /api/v1/alert-rules : newest version first, so the first item is in force. */
export const alertRulesPage = page(alertRules);
export type AlertRulesPage = z.infer<typeof alertRulesPage>;

const givenPercent = z
  .union([z.string(), z.number()])
  .transform(String)
  .pipe(z.string().regex(/^\d{1,2}(\.\d{1,2})?$/, "must be a percentage below 100 with two digits at most"));

/** PATCH /api/v1/alert-rules : what is left out stays. */
export const alertRulesPatch = z.object({
  stepPercent: givenPercent.optional(),
  cumulativePercent: givenPercent.optional(),
  reason: z.string().trim().min(1).max(500),
});

import { z } from "zod";
import { businessDate, id, instant, listQuery, page } from "./common.ts";

/** Who acted; `gone`: a person or key that is not there any more. */
export const auditActor = z.object({
  id: z.string(),
  /** Of a person or key; null: it has none, or is gone. */
  name: z.string().nullable(),
  kind: z.enum(["person", "key", "command", "system", "anonymous", "gone"]),
});
export type AuditActor = z.infer<typeof auditActor>;

/** One act, as the audit log holds it. */
export const auditEntry = z.object({
  id,
  at: instant,
  actor: auditActor,
  /** Noun and verb, e.g. `session.sign-in`. */
  action: z.string(),
  /** What it was done to, e.g. `case 20417`. */
  subject: z.string(),
  /** Of the person or key that it was done to; null: it was something else, or is gone. */
  subjectName: z.string().nullable(),
  /** Why, where the act asked for it. */
  reason: z.string().nullable(),
  /** Where the request came from; null: not known, not by a request, or pruned. */
  address: z.string().nullable(),
  /** null: older than is kept (KEEP_AUDIT_DETAILS). */
  details: z.record(z.string(), z.unknown()).nullable(),
});
export type AuditEntry = z.infer<typeof auditEntry>;

/** What the log is narrowed by. */
export const auditFilter = z.object({
  /** As entries name actors: the id of a person or key, `cli:USER`, `system`, `anonymous`. */
  actor: z.string().max(200).optional(),
  /** An act, or its noun alone for all of them. */
  action: z.string().max(100).optional(),
  subject: z.string().max(300).optional(),
  /** Part of a name, a subject, a reason or another detail. */
  text: z.string().max(200).optional(),
  /** Business dates, both included. */
  from: businessDate.optional(),
  to: businessDate.optional(),
});
export type AuditFilter = z.infer<typeof auditFilter>;

/** GET /api/v1/audit, newest first. */
export const auditQuery = listQuery.extend(auditFilter.shape);
export const auditPage = page(auditEntry).extend({
  /** Entries of the whole filter. */
  total: z.number().int(),
});
export type AuditPage = z.infer<typeof auditPage>;

/** GET /api/v1/audit/actors */
export const auditActors = z.object({ items: z.array(auditActor) });
export type AuditActors = z.infer<typeof auditActors>;

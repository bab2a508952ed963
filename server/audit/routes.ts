import { auditFilter, auditQuery } from "../contracts/api/audit.ts";
import { csvAnswer } from "../http/csv-answer.ts";
import { defineRoute } from "../http/define-route.ts";
import { recordExport } from "../http/record-export.ts";
import { auditCsv } from "./audit-csv.ts";
import { requireFilter } from "./audit-filter.ts";
import { auditActors, auditEntries } from "./list-audit.ts";

const READ = { tag: "System", method: "GET", right: "audit.read" } as const;

export const AUDIT_ROUTES = [
  defineRoute({
    ...READ,
    path: "/api/v1/audit",
    summary: "The audit log: who did what, newest first",
    query: auditQuery,
    answer: { schema: "AuditPage" },
    handle: ({ ctx, query }) => auditEntries(ctx, query),
  }),
  defineRoute({
    ...READ,
    path: "/api/v1/audit/actors",
    summary: "Who stands in the audit log: what the filter by actor can be",
    answer: { schema: "AuditActors" },
    handle: ({ ctx }) => auditActors(ctx),
  }),
  defineRoute({
    ...READ,
    path: "/api/v1/audit/export",
    summary: "The audit log as CSV",
    description: "The filters of the log narrow it; the export is an entry of the log itself.",
    query: auditFilter,
    answer: { type: "text/csv" },
    handle: async ({ ctx, query, actor }) => {
      requireFilter(query, ctx.time); // what cannot be asked for is no export
      const { text, ...filter } = query;
      await recordExport(ctx, actor, "audit.export", { ...filter, isSearched: !!text });
      return csvAnswer(auditCsv(ctx, query), "audit.csv");
    },
  }),
];

import { dataScopeOf } from "../access/data-scope.ts";
import { alertRulesPatch } from "../contracts/api/alert-rules.ts";
import { listQuery } from "../contracts/api/common.ts";
import {
  casesQuery,
  countsQuery,
  occurrencesQuery,
  revealBody,
  undoBody,
  verbBody,
} from "../contracts/api/retention.ts";
import { CASE_VERB_NAMES, isDecision } from "../contracts/cases.ts";
import { waitingAnswer } from "../four-eyes/answer.ts";
import { isGuarded } from "../four-eyes/propose.ts";
import { defineRoute } from "../http/define-route.ts";
import { VERB_RULES } from "./case-verbs.ts";
import { changeAlertRules, proposeAlertRules } from "./change-alert-rules.ts";
import { findOccurrences } from "./occurrences.ts";
import { owners } from "./owners.ts";
import { premiumHistory } from "./premium-history.ts";
import { alertRules } from "./read-alert-rules.ts";
import { retentionCase } from "./retention-case.ts";
import { retentionCases } from "./retention-cases.ts";
import { retentionCounts } from "./retention-counts.ts";
import { reveal } from "./reveal.ts";
import { undoActs } from "./undo-acts.ts";
import { workOnCase } from "./work-on-case.ts";

const READ = { tag: "Retention", method: "GET", right: "retention.read" } as const;

const VERBS = CASE_VERB_NAMES.map((name) => {
  const body = verbBody(name);
  return defineRoute({
    tag: "Retention",
    method: "POST",
    path: `/api/v1/retention/cases/{id}/${name}`,
    summary: VERB_RULES[name].summary,
    right: "retention.work",
    ...(isDecision(name) ? { ifMatch: true } : {}),
    ...(body ? { body: { schema: body } } : {}),
    answer: { schema: "CaseDetail" },
    // `given` is what this verb's own schema has parsed.
    handle: ({ ctx, actor, params, version, body: given }) =>
      workOnCase(name, { ctx, actor, caseId: params.id, version }, given as never),
  });
});

export const RETENTION_ROUTES = [
  defineRoute({
    ...READ,
    path: "/api/v1/retention/cases",
    summary: "Cases by state, assignee or user",
    query: casesQuery,
    answer: { schema: "CasesPage" },
    handle: ({ ctx, query, actor }) => retentionCases(ctx, query, actor),
  }),
  defineRoute({
    ...READ,
    path: "/api/v1/retention/cases/{id}",
    summary: "A case with its evidence and timeline",
    answer: { schema: "CaseDetail" },
    handle: ({ ctx, actor, params }) => retentionCase(ctx, params.id, dataScopeOf(actor)),
  }),
  defineRoute({
    ...READ,
    path: "/api/v1/retention/cases/{id}/history",
    summary: "The user's insured amount over time, oldest first",
    answer: { schema: "PremiumHistory" },
    handle: async ({ ctx, actor, params }) => {
      const { id } = await retentionCase(ctx, params.id, dataScopeOf(actor));
      return premiumHistory(ctx, id);
    },
  }),
  defineRoute({
    ...READ,
    path: "/api/v1/retention/cases/{id}/last-page",
    summary: "Where the case's customer was last (rule P6)",
    answer: { schema: "LastPage" },
    handle: async ({ ctx, actor, params }) => {
      const { userId } = await retentionCase(ctx, params.id, dataScopeOf(actor));
      return ctx.lastPages.read({ accountId: userId, deviceId: null });
    },
  }),
  defineRoute({
    ...READ,
    path: "/api/v1/retention/owners",
    summary: "People who may have cases",
    answer: { schema: "Owners" },
    handle: ({ ctx, actor }) => owners(ctx, dataScopeOf(actor)),
  }),
  defineRoute({
    ...READ,
    path: "/api/v1/retention/counts",
    summary: "Cases by state",
    query: countsQuery,
    answer: { schema: "CaseCounts" },
    handle: ({ ctx, query, actor }) => retentionCounts(ctx, query, actor),
  }),
  defineRoute({
    ...READ,
    path: "/api/v1/retention/occurrences",
    summary: "All evidence, oldest first",
    query: occurrencesQuery,
    answer: { schema: "OccurrencesPage" },
    handle: ({ ctx, actor, query }) => findOccurrences(ctx, query, dataScopeOf(actor)),
  }),
  ...VERBS,
  defineRoute({
    tag: "Retention",
    method: "POST",
    path: "/api/v1/retention/cases/{id}/reveal",
    summary: "Reveals one field of the case's customer, with a reason; audited",
    right: "personal.reveal",
    body: { schema: revealBody },
    answer: { schema: "Revealed" },
    handle: ({ ctx, actor, params, body }) => reveal(ctx, actor, params.id, body),
  }),
  defineRoute({
    tag: "Retention",
    method: "POST",
    path: "/api/v1/retention/undo",
    summary: "Undoes what one has just decided, act by act",
    right: "retention.work",
    body: { schema: undoBody },
    answer: { schema: "UndoAnswer" },
    handle: ({ ctx, actor, body }) => undoActs(ctx, actor, body.acts),
  }),
  defineRoute({
    tag: "Retention",
    method: "GET",
    path: "/api/v1/alert-rules",
    summary: "Versions of the thresholds, the one in force first",
    right: "alert-rules.read",
    query: listQuery,
    answer: { schema: "AlertRulesPage" },
    handle: ({ ctx, query }) => alertRules(ctx, query),
  }),
  defineRoute({
    tag: "Retention",
    method: "PATCH",
    path: "/api/v1/alert-rules",
    summary: "Puts new thresholds in force, as the next version",
    right: "alert-rules.write",
    ifMatch: true,
    body: { schema: alertRulesPatch },
    answer: { schema: "AlertRules" },
    isGuarded: true,
    handle: async ({ ctx, actor, version, body }) =>
      (await isGuarded(ctx, "thresholds"))
        ? waitingAnswer(await proposeAlertRules(ctx, actor, version, body))
        : changeAlertRules(ctx, actor, version, body),
  }),
];

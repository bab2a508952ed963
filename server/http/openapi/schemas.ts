import { z } from "zod";
import * as alertRules from "#server/contracts/api/alert-rules.ts";
import * as apiKeys from "#server/contracts/api/api-keys.ts";
import * as audience from "#server/contracts/api/audience.ts";
import * as audit from "#server/contracts/api/audit.ts";
import { page, problem } from "#server/contracts/api/common.ts";
import * as days from "#server/contracts/api/days.ts";
import * as deadLetters from "#server/contracts/api/dead-letters.ts";
import * as deliveries from "#server/contracts/api/deliveries.ts";
import * as preview from "#server/contracts/api/import-preview.ts";
import { ingestAnswer } from "#server/contracts/api/ingest.ts";
import * as imports from "#server/contracts/api/key-user-imports.ts";
import * as keyUsers from "#server/contracts/api/key-users.ts";
import * as me from "#server/contracts/api/me.ts";
import * as orders from "#server/contracts/api/orders.ts";
import * as people from "#server/contracts/api/people.ts";
import * as pipeline from "#server/contracts/api/pipeline.ts";
import * as proposals from "#server/contracts/api/proposals.ts";
import * as retention from "#server/contracts/api/retention.ts";
import * as settings from "#server/contracts/api/settings.ts";

/** Every answer by its name in the document: the schemas that the server types its answers with. */
export const SCHEMAS = {
  Problem: problem,
  IngestAnswer: ingestAnswer,
  HourFigures: orders.hourFigures,
  Hourly: orders.hourly,
  Comparison: orders.comparison,
  UsualGap: orders.usualGap,
  HourChanges: orders.hourChanges,
  ReplacedOrder: orders.replacedOrder,
  Replaced: orders.replaced,
  Winner: orders.winner,
  Winners: orders.winners,
  HourCause: orders.hourCause,
  HourCauses: orders.hourCauses,
  DayRevisions: days.dayRevisions,
  LateEffect: days.lateEffect,
  Move: orders.move,
  Moves: orders.moves,
  Occurrence: retention.occurrence,
  FoundOccurrence: retention.foundOccurrence,
  OccurrencesPage: page(retention.foundOccurrence),
  CaseSummary: retention.caseSummary,
  CasesPage: retention.casesPage,
  TimelineEntry: retention.timelineEntry,
  CaseDetail: retention.caseDetail,
  CaseCounts: retention.caseCounts,
  Owners: retention.owners,
  Revealed: retention.revealed,
  UndoAnswer: retention.undoAnswer,
  PremiumPoint: retention.premiumPoint,
  PremiumHistory: z.object({ items: z.array(retention.premiumPoint) }),
  Settings: settings.settings,
  SettingsHistory: settings.settingsHistory,
  BusinessCalendar: settings.businessCalendar,
  Proposal: proposals.proposal,
  Proposed: proposals.proposed,
  ProposalsPage: proposals.proposalsPage,
  KeyUser: keyUsers.keyUser,
  KeyUsersPage: keyUsers.keyUsersPage,
  KeyUserChange: keyUsers.keyUserChange,
  KeyUserHistory: z.object({ items: z.array(keyUsers.keyUserChange) }),
  KeyUserEditors: keyUsers.keyUserEditors,
  ImportResult: keyUsers.importResult,
  KeyUserImportsPage: imports.importsPage,
  ImportedRowsPage: imports.importedRowsPage,
  PreviewRowsPage: preview.previewRowsPage,
  RefusedRows: preview.refusedRows,
  UndoResult: imports.undoResult,
  LastPage: audience.lastPage,
  LastPages: audience.lastPageBatchAnswer,
  AudienceNow: audience.audienceNow,
  AccountPages: audience.accountPages,
  PipelineStatus: pipeline.pipelineStatus,
  DeadLetter: deadLetters.deadLetter,
  DeadLettersPage: deadLetters.deadLettersPage,
  DeadLetterDetail: deadLetters.deadLetterDetail,
  ReplayedDeadLetter: deadLetters.replayedDeadLetter,
  ReplayedDeadLetters: deadLetters.replayedDeadLetters,
  DiscardedDeadLetters: deadLetters.discardedDeadLetters,
  AlertRules: alertRules.alertRules,
  AlertRulesPage: alertRules.alertRulesPage,
  ApiKey: apiKeys.apiKey,
  ApiKeysPage: apiKeys.apiKeysPage,
  IssuedApiKey: apiKeys.issuedApiKey,
  Delivery: deliveries.delivery,
  DeliveriesPage: deliveries.deliveriesPage,
  ReasonGroups: deadLetters.reasonGroups,
  AuditEntry: audit.auditEntry,
  AuditPage: audit.auditPage,
  AuditActors: audit.auditActors,
  Person: people.person,
  People: people.people,
  PersonSessions: people.personSessions,
  PersonActed: people.personActed,
  GivenLink: people.givenLink,
  Invited: people.invited,
  WithdrawnInvitation: people.withdrawn,
  OwnAccount: me.ownAccount,
  EndedSessions: me.endedSessions,
  Session: z.object({
    id: z.string(),
    name: z.string(),
    role: z.string().nullable(),
    secondFactor: z
      .enum(["given", "needed", "none"])
      .describe("needed: it can do nothing but enrol one, or sign out and in with it"),
    can: z.array(z.string()),
  }),
  Wiped: z.object({
    wiped: z.literal(true),
    setup: z
      .string()
      .nullable()
      .describe("Path that makes the first administrator, once; null: there is one already"),
  }),
} as const satisfies Readonly<Record<string, z.ZodType>>;

export type SchemaName = keyof typeof SCHEMAS;

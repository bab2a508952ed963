import { z } from "zod";
import * as audience from "../contracts/api/audience.ts";
import { listQuery } from "../contracts/api/common.ts";
import { applyLate } from "../contracts/api/days.ts";
import * as keyUsers from "../contracts/api/key-users.ts";
import { listChoices } from "../contracts/api/list-file.ts";
import * as orders from "../contracts/api/orders.ts";
import * as retention from "../contracts/api/retention.ts";
import { STREAMS, streamPath } from "../contracts/streams.ts";
import { ALERTING } from "./alerting.ts";
import { DEAD_LETTERS } from "./dead-letters.ts";
import type { Operation, RequestBody } from "./operation.ts";

const EVENTS: RequestBody = {
  types: ["application/x-ndjson", "application/json", "text/csv"],
  description:
    "Events with the original column names: one JSON object a line, an array of objects, or CSV with a header. " +
    "Content-Encoding may be gzip or zstd. Of a body that is a part of a file, Tidewatch-Lines-Before tells how many lines " +
    "come before it: rejects then name the lines of the file.",
};

const INGEST: readonly Operation[] = STREAMS.map((stream) => ({
  tag: "Ingest",
  method: "post",
  path: `/ingest/${streamPath(stream)}`,
  summary: `Sends events of the stream ${stream}; answered after the commit`,
  action: "ingest.write",
  body: EVENTS,
  answer: { schema: "IngestAnswer" },
}));

const ORDERS: readonly Operation[] = [
  {
    tag: "Orders",
    method: "get",
    path: "/api/v1/orders/hourly",
    summary: "Figures of a business day by the hour",
    action: "orders.read",
    query: orders.hourlyQuery,
    answer: { schema: "Hourly" },
  },
  {
    tag: "Orders",
    method: "get",
    path: "/api/v1/orders/hourly.csv",
    summary: "The same as a table",
    action: "orders.read",
    query: orders.hourlyCsvQuery,
    answer: { type: "text/csv" },
  },
  {
    tag: "Orders",
    method: "get",
    path: "/api/v1/orders/comparison",
    summary: "Another day as it stood at the same minute",
    action: "orders.read",
    query: orders.comparisonQuery,
    answer: { schema: "Comparison" },
  },
  {
    tag: "Orders",
    method: "get",
    path: "/api/v1/orders/hours/{bizHour}/orders",
    summary: "The orders behind an hour, personal data masked",
    action: "orders.read",
    query: listQuery,
    answer: { schema: "Winners" },
  },
  {
    tag: "Orders",
    method: "get",
    path: "/api/v1/orders/hours/{bizHour}/causes",
    summary: "Which orders joined or left an hour, and what replaced them",
    action: "orders.read",
    query: listQuery,
    answer: { schema: "HourCauses" },
  },
  {
    tag: "Orders",
    method: "get",
    path: "/api/v1/orders/days/{date}/revisions",
    summary: "What a closed business day was said to be, and why it changed",
    action: "orders.read",
    answer: { schema: "DayRevisions" },
  },
  {
    tag: "Orders",
    method: "get",
    path: "/api/v1/orders/days/{date}/late",
    summary: "What the late orders of a closed day would change",
    action: "orders.read",
    answer: { schema: "LateEffect" },
  },
  {
    tag: "Orders",
    method: "post",
    path: "/api/v1/orders/days/{date}/apply-late",
    summary: "Takes the late orders of a closed day into its next revision",
    action: "orders.revise",
    ifMatch: true,
    body: { schema: applyLate },
    answer: { schema: "DayRevisions" },
  },
  {
    tag: "Orders",
    method: "get",
    path: "/api/v1/orders/replaced",
    summary: "Orders that only one of gross and last-order counts",
    action: "orders.read",
    query: orders.replacedQuery,
    answer: { schema: "Replaced" },
  },
  {
    tag: "Orders",
    method: "get",
    path: "/api/v1/orders/moves",
    summary: "What moved just now, newest first",
    action: "orders.read",
    answer: { schema: "Moves" },
  },
];

const caseVerb = (verb: string, summary: string, body?: z.ZodType): Operation => ({
  tag: "Retention",
  method: "post",
  path: `/api/v1/retention/cases/{id}/${verb}`,
  summary,
  action: "retention.work",
  ifMatch: true,
  ...(body ? { body: { schema: body } } : {}),
  answer: { schema: "CaseDetail" },
});

const RETENTION: readonly Operation[] = [
  {
    tag: "Retention",
    method: "get",
    path: "/api/v1/retention/cases",
    summary: "Cases by state, assignee or user",
    action: "retention.read",
    query: retention.casesQuery,
    answer: { schema: "CasesPage" },
  },
  {
    tag: "Retention",
    method: "get",
    path: "/api/v1/retention/cases/{id}",
    summary: "A case with its evidence and timeline",
    action: "retention.read",
    answer: { schema: "CaseDetail" },
  },
  {
    tag: "Retention",
    method: "get",
    path: "/api/v1/retention/cases/{id}/history",
    summary: "The user's insured amount over time, oldest first",
    action: "retention.read",
    answer: { schema: "PremiumHistory" },
  },
  {
    tag: "Retention",
    method: "get",
    path: "/api/v1/retention/counts",
    summary: "Cases by state",
    action: "retention.read",
    answer: { schema: "CaseCounts" },
  },
  {
    tag: "Retention",
    method: "get",
    path: "/api/v1/retention/occurrences",
    summary: "All evidence, oldest first",
    action: "retention.read",
    query: retention.occurrencesQuery,
    answer: { schema: "OccurrencesPage" },
  },
  caseVerb("claim", "Takes a case"),
  caseVerb("release", "Gives a case back"),
  caseVerb("contact", "Notes that the customer was contacted"),
  caseVerb("note", "Adds a note", retention.noteBody),
  caseVerb("snooze", "Puts a case off until a time", retention.snoozeBody),
  caseVerb("close", "Closes a case with its outcome", retention.closeBody),
  caseVerb("reopen", "Opens a closed case again"),
];

const KEY_USER = "/api/v1/key-users/{userId}";
const importQuery = listChoices.extend({
  dryRun: z.enum(["true", "false"]).default("false"),
  skipRejected: z.enum(["true", "false"]).default("false"),
});

const KEY_USERS: readonly Operation[] = [
  {
    tag: "Key users",
    method: "get",
    path: "/api/v1/key-users",
    summary: "The key-user list",
    action: "key-users.read",
    query: keyUsers.keyUsersQuery,
    answer: { schema: "KeyUsersPage" },
  },
  {
    tag: "Key users",
    method: "post",
    path: "/api/v1/key-users",
    summary: "Adds a user to the list",
    action: "key-users.write",
    body: { schema: keyUsers.newKeyUser },
    answer: { status: 201, schema: "KeyUser" },
  },
  {
    tag: "Key users",
    method: "get",
    path: KEY_USER,
    summary: "One row of the list",
    action: "key-users.read",
    answer: { schema: "KeyUser" },
  },
  {
    tag: "Key users",
    method: "patch",
    path: KEY_USER,
    summary: "Edits a baseline",
    action: "key-users.write",
    ifMatch: true,
    body: { schema: keyUsers.keyUserPatch },
    answer: { schema: "KeyUser" },
  },
  {
    tag: "Key users",
    method: "delete",
    path: KEY_USER,
    summary: "Takes a user off the list",
    action: "key-users.write",
    ifMatch: true,
    answer: { schema: "KeyUser" },
  },
  {
    tag: "Key users",
    method: "post",
    path: `${KEY_USER}/restore`,
    summary: "Puts a removed user back",
    action: "key-users.write",
    ifMatch: true,
    answer: { schema: "KeyUser" },
  },
  {
    tag: "Key users",
    method: "get",
    path: `${KEY_USER}/history`,
    summary: "Changes of one row, newest first",
    action: "key-users.read",
    answer: { schema: "KeyUserHistory" },
  },
  {
    tag: "Key users",
    method: "get",
    path: "/api/v1/key-users/export",
    summary: "The list as CSV, which can be imported again",
    action: "key-users.read",
    query: keyUsers.keyUsersQuery,
    answer: { type: "text/csv" },
  },
  {
    tag: "Key users",
    method: "post",
    path: "/api/v1/key-users/imports",
    summary: "Imports a list in one transaction, or tells what it would do",
    action: "key-users.write",
    query: importQuery,
    body: {
      types: ["text/csv", "application/x-ndjson", "application/json"],
      description:
        "CSV with a header id,raw_premium,raw_info and, if wanted, baseline_as_of; or objects of these fields, one a line or in an array. It may be packed (Content-Encoding gzip or zstd). " +
        "An export can be sent as it is: its column version tells rows that were changed since, which stay as they are (conflicts). " +
        "Apostrophes that an export puts before texts like =1+1 are taken off again. With dialect=spreadsheet the CSV may be what " +
        "spreadsheets save (UTF-16, GB18030, semicolons or tabs, Chinese names of columns, 1,234.50, dates without a zone), and a " +
        "file that is no list is refused with a code of its own: empty_file, header_only, no_header, broken_header, missing_column, " +
        "duplicate_column, wrong_separator, not_decodable, utf16_without_mark, workbook; each with its line.",
    },
    answer: { schema: "ImportResult" },
  },
];

const AUDIENCE: readonly Operation[] = [
  {
    tag: "Audience",
    method: "get",
    path: "/api/v1/features/last-page",
    summary: "The last page of an account, or of one of its devices",
    action: "features.read",
    query: audience.lastPageKey,
    answer: { schema: "LastPage" },
  },
  {
    tag: "Audience",
    method: "post",
    path: "/api/v1/features/last-page/batch",
    summary: "Last pages of many keys, in their order",
    action: "features.read",
    body: { schema: audience.lastPageBatch },
    answer: { schema: "LastPages" },
  },
  {
    tag: "Audience",
    method: "get",
    path: "/api/v1/audience/now",
    summary: "Where users are now",
    action: "audience.read",
    answer: { schema: "AudienceNow" },
  },
  {
    tag: "Audience",
    method: "get",
    path: "/api/v1/audience/accounts/{accountId}",
    summary: "All last pages of one account, newest first",
    action: "audience.read",
    answer: { schema: "AccountPages" },
  },
];

const PIPELINE: readonly Operation[] = [
  {
    tag: "Pipeline",
    method: "get",
    path: "/api/v1/pipeline",
    summary: "Streams, writer, outbox, sockets, dead letters",
    action: "pipeline.read",
    answer: { schema: "PipelineStatus" },
  },
];

const SYSTEM: readonly Operation[] = [
  {
    tag: "System",
    method: "get",
    path: "/api/v1/session",
    summary: "Who is signed in, and what they may do",
    action: "session.read",
    answer: { schema: "Session" },
  },
  {
    tag: "System",
    method: "post",
    path: "/api/v1/demo/wipe",
    summary: "Ends a demo and removes its data",
    action: "demo.wipe",
    answer: { schema: "Wiped" },
  },
  {
    tag: "System",
    method: "get",
    path: "/healthz",
    summary: "Alive, without touching the database",
    action: null,
    answer: { type: "application/json" },
  },
  {
    tag: "System",
    method: "get",
    path: "/readyz",
    summary: "Ready to serve and to ingest; 503 with the reasons otherwise",
    action: null,
    answer: { type: "application/json" },
  },
  {
    tag: "System",
    method: "get",
    path: "/metrics",
    summary: "Figures for Prometheus",
    action: null,
    answer: { type: "text/plain" },
  },
];

/** Every request of the outside contract. */
export const OPERATIONS: readonly Operation[] = [
  ...INGEST,
  ...ORDERS,
  ...RETENTION,
  ...KEY_USERS,
  ...AUDIENCE,
  ...PIPELINE,
  ...DEAD_LETTERS,
  ...ALERTING,
  ...SYSTEM,
];

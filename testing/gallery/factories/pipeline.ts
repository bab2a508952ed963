import type { CountedGroup, DeadLetter, DeadLetterDetail } from "#server/contracts/api/dead-letters.ts";
import type { Delivery } from "#server/contracts/api/deliveries.ts";
import type { PipelineStatus, StreamStatus } from "#server/contracts/api/pipeline.ts";
import { LINE_FIELDS } from "#server/contracts/line-fields.ts";
import { noDispositions, STREAM_NAMES, type StreamName } from "#server/contracts/streams.ts";

const AT = "2026-11-22T06:23:00.000Z";

export const aStream = (stream: StreamName, given: Partial<StreamStatus> = {}): StreamStatus => ({
  stream,
  received: 1_000,
  dispositions: { ...noDispositions(), applied: 940, duplicate: 30, superseded: 20, rejected: 10 },
  deadLetters: { open: 0, replayed: 9, discarded: 1 },
  unknownFields: 0,
  ratePerSecond: 2.4,
  lastCommitAt: AT,
  lastBatchSize: 12,
  lagSeconds: 1.2,
  watermark: AT,
  ...given,
});

export const aNode = (
  given: Partial<PipelineStatus["nodes"][number]> = {},
): PipelineStatus["nodes"][number] => ({
  id: "host 1",
  name: "host:3000",
  role: "all",
  isWriter: false,
  isThis: false,
  isSilent: false,
  build: "b1",
  sockets: 3,
  behindMs: 0,
  startedAt: AT,
  seenAt: AT,
  ...given,
});

/** Everything keeps up. */
export const aStatus = (given: Partial<PipelineStatus> = {}): PipelineStatus => ({
  at: AT,
  streams: STREAM_NAMES.map((stream) => aStream(stream)),
  writer: { state: "leading", holder: "host 1", epoch: "3", queuedEvents: 0, lastCommitMs: 4 },
  outbox: { depth: 0, dead: 0, oldestSeconds: null },
  verification: { at: AT, days: 2, differences: 0 },
  pruning: { at: AT, log: 1, orders: 1, deadLetters: 0, notices: 4, kept: 0 },
  revealsRefused: 0,
  sockets: { connected: 3 },
  nodes: [aNode({ isWriter: true, isThis: true })],
  deadLetters: { total: 30, open: 0, lastHour: 2 },
  ...given,
});

/** Whatever may be slow or wrong at once; the page views are missing. */
export const aTroubledStatus = (): PipelineStatus =>
  aStatus({
    streams: [
      aStream("orders", { received: 1_001, lagSeconds: 900 }),
      aStream("premium_changes", {
        deadLetters: { open: 300, replayed: 0, discarded: 0 },
        watermark: null,
        lagSeconds: null,
      }),
    ],
    writer: { state: "recovering", holder: "host 2", epoch: "4", queuedEvents: 9_000, lastCommitMs: 2_500 },
    outbox: { depth: 12, dead: 2, oldestSeconds: 800 },
    verification: { at: AT, days: 2, differences: 1 },
    pruning: null,
  });

export const aDeadLetter = (given: Partial<DeadLetter> = {}): DeadLetter => ({
  id: "12",
  stream: "orders",
  line: 4,
  code: "bad_type",
  field: "account_payble",
  message: "account_payble is no amount",
  receivedAt: AT,
  state: "open",
  version: 1,
  attempts: 0,
  settledAt: null,
  settledBy: null,
  reason: null,
  ...given,
});

export const someDeadLetters = (): DeadLetter[] => [
  aDeadLetter(),
  aDeadLetter({ id: "11", code: "bad_json", field: null, message: "no JSON" }),
  aDeadLetter({ id: "10", state: "replayed", settledAt: AT, settledBy: "Lin Wei", attempts: 1 }),
  aDeadLetter({
    id: "9",
    state: "discarded",
    settledAt: AT,
    settledBy: "Lin Wei",
    reason: "A test of the partner",
  }),
];

export const aReasonGroup = (): CountedGroup => ({
  stream: "orders",
  code: "bad_type",
  field: "account_payble",
  count: 42,
  lastAt: AT,
});

export const someReasonGroups = (): CountedGroup[] => [
  aReasonGroup(),
  { stream: "page_views", code: "missing_field", field: "event_time", count: 3, lastAt: AT },
  { stream: "premium_changes", code: "bad_json", field: null, count: 1, lastAt: AT },
];

export const aDeadLetterDetail = (given: Partial<DeadLetterDetail> = {}): DeadLetterDetail => ({
  ...aDeadLetter(),
  isEdited: false,
  isReadable: true,
  fields: LINE_FIELDS.orders.map(({ name, kind }) => ({
    name,
    shown: kind === "amount" ? "12,00" : kind === "name" ? "张*" : null,
    isMasked: kind === "name",
  })),
  unknownFields: ["colour"],
  ...given,
});

export const someDeliveries = (): Delivery[] => [
  ...(["pending", "delivered", "dead"] as const).map((state, index) => ({
    id: String(index + 1),
    key: `case-7-${index}`,
    kind: "opened" as const,
    caseId: "7",
    userId: "100200300",
    person: null,
    channel: index === 1 ? "email" : "webhook",
    state,
    attempts: index,
    createdAt: AT,
    nextAttemptAt: state === "pending" ? AT : null,
    deliveredAt: state === "delivered" ? AT : null,
    lastError: state === "dead" ? "The receiver answered 500" : null,
  })),
  {
    id: "4",
    key: "act_12",
    kind: "sign_in",
    caseId: null,
    userId: null,
    person: { id: "lin", name: "Lin Wei" },
    channel: "personal",
    state: "dead",
    attempts: 30,
    createdAt: AT,
    nextAttemptAt: null,
    deliveredAt: null,
    lastError: "not taken by the mail server (EENVELOPE 550)",
  },
];

import {
  deadLettersQuery,
  discardDeadLetterBody,
  discardDeadLettersBody,
  reasonGroupsQuery,
  replayDeadLetterBody,
  replayDeadLettersBody,
} from "../contracts/api/dead-letters.ts";
import { defineRoute } from "../http/define-route.ts";
import { deadLetter } from "./dead-letter.ts";
import { discardDeadLetter, discardDeadLetters } from "./discard-dead-letters.ts";
import { deadLetters, reasonGroups } from "./list-dead-letters.ts";
import { replayDeadLetter } from "./replay-dead-letter.ts";
import { replayDeadLetters } from "./replay-dead-letters.ts";

const READ = { tag: "Pipeline", method: "GET", right: "dead-letters.read" } as const;
const WRITE = { tag: "Pipeline", method: "POST", right: "dead-letters.edit" } as const;

export const DEAD_LETTER_ROUTES = [
  defineRoute({
    ...READ,
    path: "/api/v1/dead-letters",
    summary: "Refused lines, newest first",
    query: deadLettersQuery,
    answer: { schema: "DeadLettersPage" },
    handle: ({ ctx, query }) => deadLetters(ctx, query),
  }),
  defineRoute({
    ...READ,
    path: "/api/v1/dead-letters/reasons",
    summary: "Why lines were refused, most frequent first",
    query: reasonGroupsQuery,
    answer: { schema: "ReasonGroups" },
    handle: ({ ctx, query }) => reasonGroups(ctx, query),
  }),
  defineRoute({
    ...READ,
    path: "/api/v1/dead-letters/{id}",
    summary: "One refused line with its fields, personal data masked",
    answer: { schema: "DeadLetterDetail" },
    handle: ({ ctx, params }) => deadLetter(ctx, params.id),
  }),
  defineRoute({
    ...WRITE,
    path: "/api/v1/dead-letters/{id}/replay",
    summary: "Sends the line again, with fields replaced or as it stands",
    ifMatch: true,
    body: { schema: replayDeadLetterBody },
    answer: { schema: "ReplayedDeadLetter" },
    handle: ({ ctx, actor, params, version, body }) =>
      replayDeadLetter(ctx, actor, { id: params.id, version, ...body }),
  }),
  defineRoute({
    ...WRITE,
    path: "/api/v1/dead-letters/{id}/discard",
    summary: "Discards the line for good, with a reason",
    ifMatch: true,
    body: { schema: discardDeadLetterBody },
    answer: { schema: "DeadLetter" },
    handle: ({ ctx, actor, params, version, body }) =>
      discardDeadLetter(ctx, actor, { id: params.id, version, ...body }),
  }),
  defineRoute({
    ...WRITE,
    path: "/api/v1/dead-letters/replays",
    summary:
      "Sends open lines of one reason group again as they stand, a part a request; then on from nextCursor",
    body: { schema: replayDeadLettersBody },
    answer: { schema: "ReplayedDeadLetters" },
    handle: ({ ctx, actor, body }) => replayDeadLetters(ctx, actor, body),
  }),
  defineRoute({
    ...WRITE,
    path: "/api/v1/dead-letters/discards",
    summary: "Discards open lines of one reason group, a part a request; then on from nextCursor",
    body: { schema: discardDeadLettersBody },
    answer: { schema: "DiscardedDeadLetters" },
    handle: ({ ctx, actor, body }) => discardDeadLetters(ctx, actor, body),
  }),
];

import {
  deadLetterReasonsQuery,
  deadLettersQuery,
  discardLetterBody,
  discardLettersBody,
  replayLetterBody,
  replayLettersBody,
} from "../contracts/api/dead-letters.ts";
import { defineRoute } from "../http/define-route.ts";
import { deadLetter } from "./dead-letter.ts";
import { discardLetter, discardLetters } from "./discard-letters.ts";
import { deadLetterReasons, deadLetters } from "./list-dead-letters.ts";
import { replayLetter } from "./replay-letter.ts";
import { replayLetters } from "./replay-letters.ts";

const READ = { tag: "Pipeline", method: "GET", right: "dead-letters.read" } as const;
const WRITE = { tag: "Pipeline", method: "POST", right: "dead-letters.mend" } as const;

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
    query: deadLetterReasonsQuery,
    answer: { schema: "DeadLetterReasons" },
    handle: ({ ctx, query }) => deadLetterReasons(ctx, query),
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
    body: { schema: replayLetterBody },
    answer: { schema: "ReplayedLetter" },
    handle: ({ ctx, actor, params, version, body }) =>
      replayLetter(ctx, actor, { id: params.id, version, ...body }),
  }),
  defineRoute({
    ...WRITE,
    path: "/api/v1/dead-letters/{id}/discard",
    summary: "Discards the line for good, with a reason",
    ifMatch: true,
    body: { schema: discardLetterBody },
    answer: { schema: "DeadLetter" },
    handle: ({ ctx, actor, params, version, body }) =>
      discardLetter(ctx, actor, { id: params.id, version, ...body }),
  }),
  defineRoute({
    ...WRITE,
    path: "/api/v1/dead-letters/replays",
    summary: "Sends open lines of one kind again as they stand, a part a request; then on from nextCursor",
    body: { schema: replayLettersBody },
    answer: { schema: "ReplayedLetters" },
    handle: ({ ctx, actor, body }) => replayLetters(ctx, actor, body),
  }),
  defineRoute({
    ...WRITE,
    path: "/api/v1/dead-letters/discards",
    summary: "Discards open lines of one kind, a part a request; then on from nextCursor",
    body: { schema: discardLettersBody },
    answer: { schema: "DiscardedLetters" },
    handle: ({ ctx, actor, body }) => discardLetters(ctx, actor, body),
  }),
];

import { z } from "zod";
import { type Actor, can } from "../access/can.ts";
import { dataScopeOf } from "../access/data-scope.ts";
import type { Context } from "../context.ts";
import { id, listQuery } from "../contracts/api/common.ts";
import { previewRowsQuery } from "../contracts/api/import-preview.ts";
import { importedRowsQuery, undoBody } from "../contracts/api/key-user-imports.ts";
import { keyUserPatch, keyUsersQuery, newKeyUser, revertBody } from "../contracts/api/key-users.ts";
import { listChoices } from "../contracts/api/list-file.ts";
import { waitingAnswer } from "../four-eyes/answer.ts";
import { isGuarded } from "../four-eyes/propose.ts";
import { csvAnswer } from "../http/csv-answer.ts";
import { defineRoute } from "../http/define-route.ts";
import { recordExport } from "../http/record-export.ts";
import { Forbidden } from "../lib/errors.ts";
import { addKeyUser } from "./add-key-user.ts";
import { contactSearch } from "./contact-search.ts";
import { editKeyUser } from "./edit-key-user.ts";
import { CONTACT_EDITS_PER_HOUR, guesserOf, LISTS_PER_HOUR } from "./guess-limit.ts";
import { importedRows, importLog } from "./import-log.ts";
import { previewRows, refusedRows } from "./import-preview.ts";
import { type Exporter, keyUsersCsv } from "./key-users-csv.ts";
import { requireFilter } from "./list-filter.ts";
import { keyUser, keyUserEditors, keyUserHistory, keyUsers, keyUsersById } from "./list-key-users.ts";
import { inListTurn } from "./list-turns.ts";
import { importSent, proposeImport } from "./propose-import.ts";
import { readListToLookAt } from "./read-list-to-look-at.ts";
import { removeKeyUser } from "./remove-key-user.ts";
import { restoreKeyUser } from "./restore-key-user.ts";
import { revertChange } from "./revert-change.ts";
import { undoImport } from "./undo-import.ts";

const LIST_TYPES = ["text/csv", "application/x-ndjson", "application/json"];
const SAME_FILE = "The file of the import, sent once more as it is, read by the same choices.";

/** What the importer's log says of the file: anybody's text, which may steer neither a terminal nor the direction of a line. */
const fileName = z
  .string()
  .transform((name) => name.replace(/\p{C}/gu, "").trim())
  .pipe(z.string().min(1).max(255))
  .optional();

const READ = { tag: "Key users", method: "GET", right: "key-users.read" } as const;
const WRITE = { tag: "Key users", right: "key-users.write" } as const;
const KEY_USER = "/api/v1/key-users/{userId}";
const IMPORT = "/api/v1/key-users/imports/{importId}";

/** `ids` reads single rows anew, e.g. those that a live patch named. */
const listOrIds = keyUsersQuery.extend({ ids: z.string().max(12_000).optional() });

const flag = z
  .enum(["true", "false"])
  .default("false")
  .transform((text) => text === "true");

/** What an export was narrowed by, for the audit log; not what was searched for: it may name a customer. */
function filterOf(query: z.output<typeof keyUsersQuery>) {
  const { status, search, amountFrom, amountTo, openCase, editor, changedSince, segment } = query;
  return { status, isSearched: !!search, amountFrom, amountTo, openCase, editor, changedSince, segment };
}

interface ExportCall {
  readonly ctx: Context;
  readonly actor: Actor;
  readonly query: z.output<typeof keyUsersQuery>;
}

/** Audited before the first line goes. @param isClear with names and telephones */
async function exported({ ctx, actor, query }: ExportCall, isClear: boolean): Promise<Response> {
  const lookUps = await contactSearch(ctx, actor, query.search);
  requireFilter(query, ctx);
  await recordExport(ctx, actor, isClear ? "personal.export" : "key-users.export", filterOf(query));
  const exporter: Exporter = { scope: dataScopeOf(actor), lookUps, isClear };
  return csvAnswer(keyUsersCsv(ctx, query, exporter), "key-users.csv");
}

export const KEY_USER_ROUTES = [
  defineRoute({
    ...READ,
    path: "/api/v1/key-users",
    summary: "The key-user list",
    query: listOrIds,
    answer: { schema: "KeyUsersPage" },
    handle: async ({ ctx, actor, query: { ids, ...rest } }) => {
      const scope = dataScopeOf(actor);
      if (ids === undefined) {
        return keyUsers(ctx, rest, scope, await contactSearch(ctx, actor, rest.search));
      }
      const wanted = ids.split(",").filter((text) => id.safeParse(text).success);
      const items = await keyUsersById(ctx, wanted, scope);
      return { items, nextCursor: null, total: items.length };
    },
  }),
  defineRoute({
    ...WRITE,
    method: "POST",
    path: "/api/v1/key-users",
    summary: "Adds a user to the list",
    body: { schema: newKeyUser },
    answer: { status: 201, schema: "KeyUser" },
    handle: ({ ctx, actor, body }) => addKeyUser({ ctx, actor }, body),
  }),
  defineRoute({
    ...READ,
    path: KEY_USER,
    summary: "One row of the list",
    answer: { schema: "KeyUser" },
    handle: ({ ctx, actor, params }) => keyUser(ctx, params.userId, dataScopeOf(actor)),
  }),
  defineRoute({
    ...WRITE,
    method: "PATCH",
    path: KEY_USER,
    summary: "Edits a baseline",
    description:
      "If-Match names the version that was seen. Where the row has moved since, a field that the body names is refused if it was " +
      "changed meanwhile (409, with `current`, and `moves`: field, by whom, when); a field that did not move is written. A baseline " +
      "that the stream moved conflicts with a new amount, not with a new text. All of the body is written, or nothing. What stands " +
      "already is no conflict, and makes no version. " +
      `Edits with a name or a telephone are ${CONTACT_EDITS_PER_HOUR} an hour for a person or key (429).`,
    ifMatch: true,
    body: { schema: keyUserPatch },
    answer: { schema: "KeyUser" },
    handle: ({ ctx, actor, params, body, version }) =>
      editKeyUser({ ctx, actor, userId: params.userId }, version, body),
  }),
  defineRoute({
    ...WRITE,
    method: "DELETE",
    path: KEY_USER,
    summary: "Takes a user off the list",
    ifMatch: true,
    answer: { schema: "KeyUser" },
    handle: ({ ctx, actor, params, version }) =>
      removeKeyUser({ ctx, actor, userId: params.userId }, version),
  }),
  defineRoute({
    ...WRITE,
    method: "POST",
    path: `${KEY_USER}/restore`,
    summary: "Puts a removed user back",
    ifMatch: true,
    answer: { schema: "KeyUser" },
    handle: ({ ctx, actor, params, version }) =>
      restoreKeyUser({ ctx, actor, userId: params.userId }, version),
  }),
  defineRoute({
    ...WRITE,
    method: "POST",
    path: `${KEY_USER}/revert`,
    summary: "Reverts a change of the row's history",
    description:
      "What that change moved goes back to what stood before it, as a new version; later changes of other fields stay. Conflicts are those of an edit.",
    ifMatch: true,
    body: { schema: revertBody },
    answer: { schema: "KeyUser" },
    handle: ({ ctx, actor, params, body, version }) =>
      revertChange({ ctx, actor, userId: params.userId }, version, body),
  }),
  defineRoute({
    ...READ,
    path: "/api/v1/key-users/editors",
    summary: "Who wrote rows of the list last: what the filter by editor can be",
    answer: { schema: "KeyUserEditors" },
    handle: ({ ctx, actor }) => keyUserEditors(ctx, dataScopeOf(actor)),
  }),
  defineRoute({
    ...READ,
    path: `${KEY_USER}/history`,
    summary: "Changes of one row, newest first",
    answer: { schema: "KeyUserHistory" },
    handle: ({ ctx, actor, params }) => keyUserHistory(ctx, params.userId, dataScopeOf(actor)),
  }),
  defineRoute({
    ...READ,
    path: "/api/v1/key-users/export",
    summary: "The list as CSV, which can be imported again",
    description:
      "The filters of the list narrow it; rows stand in order of their customers, whatever the sort. Names and telephones are left " +
      "out, so an import of the file leaves them as they are.",
    query: keyUsersQuery,
    answer: { type: "text/csv" },
    handle: (call) => exported(call, false),
  }),
  defineRoute({
    tag: "Key users",
    method: "GET",
    right: "personal.export",
    path: "/api/v1/key-users/personal-export",
    summary: "The list as CSV with names and telephones in clear",
    description:
      "As the export, with the columns customer_name and customer_tel. The right to it is nobody's unless PERSONAL_EXPORT gives it; " +
      "each time is an act of its own in the audit log.",
    query: keyUsersQuery,
    answer: { type: "text/csv" },
    handle: (call) => exported(call, true),
  }),
  defineRoute({
    ...WRITE,
    method: "POST",
    path: "/api/v1/key-users/imports",
    summary: "Imports a list in one transaction, or tells what it would do",
    query: listChoices.extend({ dryRun: flag, skipRejected: flag, fileName }),
    body: {
      types: LIST_TYPES,
      description:
        "CSV with a header id,raw_premium,raw_info and, if wanted, segment, customer_name, customer_tel and baseline_as_of; or objects of these fields, one a line or in an array. It may be packed (Content-Encoding gzip or zstd). " +
        "An export can be sent as it is: its column version tells rows that were changed since, which stay as they are (conflicts). " +
        "A name or telephone with an asterisk is refused (masked). Apostrophes that an export puts before texts like =1+1 are taken off again. With dialect=spreadsheet the CSV may be what " +
        "spreadsheets save (UTF-16, GB18030, semicolons or tabs, Chinese names of columns, 1,234.50, dates without a zone), and a " +
        "file that is no list is refused with a code of its own: empty_file, header_only, no_header, broken_header, missing_column, " +
        "duplicate_column, wrong_separator, not_decodable, utf16_without_mark, workbook; each with its line. Of lists that hold names or " +
        `telephones a person or key sends ${LISTS_PER_HOUR} different ones an hour, dry runs included (429); the same one again is free.`,
    },
    answer: { schema: "ImportResult" },
    isGuarded: true,
    handle: ({ ctx, actor, query, request }) =>
      inListTurn(actor.id, request, async (list) => {
        const { dryRun, skipRejected, fileName = null, ...choices } = query;
        const sent = { ...list, choices, skipRejected, fileName };
        if (dryRun || !(await isGuarded(ctx, "list")))
          return importSent(ctx, guesserOf(actor), sent, { dryRun });
        const told = await proposeImport(ctx, guesserOf(actor), sent);
        return "proposal" in told ? waitingAnswer(told) : told;
      }),
  }),
  defineRoute({
    ...WRITE,
    method: "POST",
    path: "/api/v1/key-users/imports/rows",
    summary: "What an import would do, row by row: before and after, in pages",
    query: listChoices.extend(previewRowsQuery.shape),
    body: { types: LIST_TYPES, description: SAME_FILE },
    answer: { schema: "PreviewRowsPage" },
    handle: ({ ctx, actor, query, request }) =>
      inListTurn(actor.id, request, async (sent) => {
        const { group, limit, cursor, preview, ...choices } = query;
        const { rows, blank } = await readListToLookAt(ctx, guesserOf(actor), sent, choices);
        return previewRows(ctx, rows, { group, limit, cursor, preview, blank });
      }),
  }),
  defineRoute({
    ...WRITE,
    method: "POST",
    path: "/api/v1/key-users/imports/refused",
    summary:
      "The rows of a CSV that an import would refuse, as they stand in it: what a file to correct is written from",
    description:
      "Columns of names and telephones are left out unless the asker may export them (personal.export).",
    query: listChoices,
    body: { types: ["text/csv"], description: SAME_FILE },
    answer: { schema: "RefusedRows" },
    handle: ({ ctx, actor, query: { preview: _preview, ...choices }, request }) =>
      inListTurn(actor.id, request, (sent) =>
        refusedRows(ctx, sent, choices, {
          zone: ctx.time.zone,
          isClear: can(actor, "personal.export"),
        }),
      ),
  }),
  defineRoute({
    ...READ,
    path: "/api/v1/key-users/imports",
    summary: "The import log: imports of the list and their undos, newest first",
    query: listQuery,
    answer: { schema: "KeyUserImportsPage" },
    handle: ({ ctx, actor, query }) => {
      if (dataScopeOf(actor) !== null) {
        throw new Forbidden("The import log counts the whole list, and you see a part of it.");
      }
      return importLog(ctx, query);
    },
  }),
  defineRoute({
    ...READ,
    path: `${IMPORT}/rows`,
    summary: "What an import or an undo did, customer by customer: before and after",
    description: "Kept as long as KEEP_IMPORTS says; then 410.",
    query: importedRowsQuery,
    answer: { schema: "ImportedRowsPage" },
    handle: ({ ctx, actor, params, query }) => importedRows(ctx, params.importId, query, dataScopeOf(actor)),
  }),
  defineRoute({
    ...WRITE,
    method: "POST",
    path: `${IMPORT}/undo`,
    summary: "Undoes an import, or tells what an undo would do",
    description:
      "Each row goes back to what stood before the import if nobody has changed it since; a customer whom it added leaves the list. " +
      "Rows that people or the stream have changed since stay as they are: `left`, with the first hundred in `leftRows`. All in one " +
      "transaction, which is an entry of the log as well. 409: undone_already, undo_of_undo, or nothing_to_undo when every row was " +
      "changed since; 410 when its rows are not kept any more.",
    query: z.object({ dryRun: flag }),
    body: { schema: undoBody },
    answer: { schema: "UndoResult" },
    handle: ({ ctx, actor, params, query, body }) =>
      undoImport({ ctx, actor }, params.importId, { dryRun: query.dryRun, reason: body.reason }),
  }),
];

import type pg from "pg";
import type { z } from "zod";
import type {
  PreviewGroup,
  PreviewRow,
  PreviewRowsPage,
  previewRowsQuery,
  RefusedRows,
} from "../contracts/api/import-preview.ts";
import type { ListChoices } from "../contracts/api/list-file.ts";
import type { BodyFormat } from "../contracts/batch.ts";
import type { BlankChoice } from "../contracts/list-form.ts";
import { cutPage, decodeCursor } from "../lib/cursor.ts";
import { InvalidInput } from "../lib/errors.ts";
import { readCells } from "./dialect/read-cells.ts";
import { type ImportNeeds, onStaged, PreviewOutdated } from "./import-key-users.ts";
import type { RawKeyUserRow } from "./read-key-user-rows.ts";
import { readList } from "./read-list.ts";

/** Which staged rows a group shows. */
const GROUPS: Readonly<Record<PreviewGroup, string>> = {
  changed: "s.action = 'change'",
  added: "s.action IN ('add', 'restore')",
  unchanged: "s.action = 'same'",
  conflicting: "s.action = 'conflict'",
  affected: "s.action IN ('add', 'restore', 'change') AND c.id IS NOT NULL",
};

interface Row extends Omit<PreviewRow, "asOfBefore" | "asOfAfter" | "asOfInFile"> {
  readonly as_of_before: string | null;
  readonly as_of_after: string | null;
  readonly as_of_in_file: string | null;
}

export interface PreviewQuery extends z.infer<typeof previewRowsQuery> {
  readonly blank: BlankChoice | undefined;
}

/** One page of what an import would do, row by row in the order of the file. @throws {PreviewOutdated | InvalidInput} */
export async function previewRows(
  ctx: ImportNeeds,
  raw: readonly RawKeyUserRow[],
  { blank, group, limit, cursor, preview }: PreviewQuery,
): Promise<PreviewRowsPage> {
  const after = decodeCursor(cursor, ["count"]);
  const rows = await onStaged(ctx, raw, blank, async (client, told) => {
    if (preview !== undefined && preview !== told.preview) throw new PreviewOutdated(told);
    return readGroup(client, group, { after: Number(after?.[0] ?? 0), limit });
  });
  const page = cutPage(rows, limit, (row) => [row.line]);
  return { items: page.items.map(rowOf), nextCursor: page.nextCursor };
}

async function readGroup(
  client: pg.PoolClient,
  group: PreviewGroup,
  { after, limit }: { readonly after: number; readonly limit: number },
): Promise<Row[]> {
  const { rows } = await client.query<Row>(
    `SELECT s.line, s.user_id AS "userId", s.premium_before AS "premiumBefore", s.raw_premium AS "premiumAfter",
       s.info_before AS "infoBefore", s.raw_info AS "infoAfter",
       s.segment_before AS "segmentBefore", s.segment AS "segmentAfter", k.baseline_as_of AS as_of_before,
       CASE WHEN s.keeps_place OR s.action IN ('same', 'conflict') THEN k.baseline_as_of ELSE s.as_of END AS as_of_after,
       s.conflicts, s.premium_asked AS "premiumInFile", s.info_asked AS "infoInFile", s.segment_asked AS "segmentInFile", s.as_of_given AS as_of_in_file,
       coalesce(p.name, a.name, s.updated_by) AS "updatedBy", c.id AS "openCaseId"
     FROM staged s LEFT JOIN key_user k ON k.user_id = s.user_id LEFT JOIN retention_case c ON c.open_user_id = s.user_id
       LEFT JOIN "user" p ON p.id = s.updated_by LEFT JOIN api_key a ON a.id = s.updated_by
     WHERE ${GROUPS[group]} AND s.line > $1 ORDER BY s.line LIMIT $2`,
    [after, limit + 1],
  );
  return rows;
}

const instantOf = (ms: string | null): string | null =>
  ms === null ? null : new Date(Number(ms)).toISOString();

const rowOf = ({ as_of_before, as_of_after, as_of_in_file, ...row }: Row): PreviewRow => ({
  ...row,
  asOfBefore: instantOf(as_of_before),
  asOfAfter: instantOf(as_of_after),
  asOfInFile: instantOf(as_of_in_file),
});

/** The lines that an import would refuse, as they stand in the file. @throws {InvalidInput} when the file has no columns */
export async function refusedRows(
  ctx: ImportNeeds,
  { bytes, format }: { readonly bytes: Buffer; readonly format: BodyFormat },
  choices: Omit<ListChoices, "preview">,
  zone: string,
): Promise<RefusedRows> {
  if (format !== "csv") throw new InvalidInput("Only a CSV has columns that a file to correct could have.");
  const { rows, blank } = await readList({ bytes, format }, choices, zone);
  const { rejected } = await onStaged(ctx, rows, blank, async (_client, told) => told);
  const { encoding, separator, dialect } = choices;
  const how =
    dialect === "strict" ? ({ encoding: "utf-8", separator: "comma" } as const) : { encoding, separator };
  const cells = readCells(bytes, how, new Set(rejected.map(({ line }) => line)));
  const items = rejected.map((reject) => ({ ...reject, cells: [...(cells.rows.get(reject.line) ?? [])] }));
  return { header: [...cells.header], items };
}

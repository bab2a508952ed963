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
import { InvalidInput, TooLarge } from "../lib/errors.ts";
import type { FieldCipher } from "../lib/field-cipher.ts";
import { maskedContact, maskedMove, type SealedMove } from "../lib/sealed-contact.ts";
import { columnOf } from "./dialect/list-columns.ts";
import { readCells } from "./dialect/read-cells.ts";
import { type ImportNeeds, onStaged, PreviewOutdated } from "./import-key-users.ts";
import type { RawKeyUserRow } from "./read-key-user-rows.ts";
import { readList } from "./read-list.ts";

/** Rows of a file to correct at most. */
const MOST_REFUSED = 20_000;

/** Which staged rows a group shows. */
const GROUPS: Readonly<Record<PreviewGroup, string>> = {
  changed: "s.action = 'change'",
  added: "s.action IN ('add', 'restore')",
  unchanged: "s.action = 'same'",
  conflicting: "s.action = 'conflict'",
  affected: "s.action IN ('add', 'restore', 'change') AND c.id IS NOT NULL",
};

type Read =
  | `asOf${"Before" | "After" | "InFile"}`
  | `customer${"Name" | "Tel"}${"Before" | "After" | "InFile"}`
  | "contactMoves";

interface Row extends Omit<PreviewRow, Read>, SealedMove {
  readonly name_asked: Buffer | null;
  readonly tel_asked: Buffer | null;
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
  return { items: page.items.map((row) => rowOf(row, ctx.cipher)), nextCursor: page.nextCursor };
}

async function readGroup(
  client: pg.PoolClient,
  group: PreviewGroup,
  { after, limit }: { readonly after: number; readonly limit: number },
): Promise<Row[]> {
  const { rows } = await client.query<Row>(
    `SELECT s.line, s.user_id AS "userId", s.premium_before AS "premiumBefore", s.raw_premium AS "premiumAfter",
       s.info_before AS "infoBefore", s.raw_info AS "infoAfter",
       s.segment_before AS "segmentBefore", s.segment AS "segmentAfter",
       s.customer_name_before AS name_before, s.customer_name AS name_after, s.customer_name_asked AS name_asked,
       s.customer_tel_before AS tel_before, s.customer_tel AS tel_after, s.customer_tel_asked AS tel_asked, k.baseline_as_of AS as_of_before,
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

function rowOf(given: Row, cipher: FieldCipher): PreviewRow {
  const { as_of_before, as_of_after, as_of_in_file, ...more } = given;
  const { name_before, name_after, name_asked, tel_before, tel_after, tel_asked, ...row } = more;
  const inFile = maskedContact(cipher, row.userId, { customer_name: name_asked, customer_tel: tel_asked });
  const isSame = (one: Uint8Array | null, other: Uint8Array | null) =>
    one === other || (one !== null && other !== null && Buffer.compare(one, other) === 0);
  return {
    ...row,
    ...maskedMove(cipher, row.userId, given),
    customerNameInFile: inFile.customerName,
    customerTelInFile: inFile.customerTel,
    contactMoves: [
      ...(isSame(name_before, name_after) ? [] : (["customer_name"] as const)),
      ...(isSame(tel_before, tel_after) ? [] : (["customer_tel"] as const)),
    ],
    asOfBefore: instantOf(as_of_before),
    asOfAfter: instantOf(as_of_after),
    asOfInFile: instantOf(as_of_in_file),
  };
}

/** Columns of a file that hold what is nobody's to take out without the right to it. */
const isPersonal = (name: string): boolean =>
  ["customer_name", "customer_tel"].includes(columnOf(name) ?? "");

/**
 * The lines that an import would refuse, as they stand in the file.
 * @param isClear who asks may take names and telephones out as a file; otherwise their columns are left out, as of an export
 * @throws {InvalidInput} when the file has no columns @throws {TooLarge} so many are refused that it is no file to correct
 */
export async function refusedRows(
  ctx: ImportNeeds,
  { bytes, format }: { readonly bytes: Buffer; readonly format: BodyFormat },
  choices: Omit<ListChoices, "preview">,
  { zone, isClear }: { readonly zone: string; readonly isClear: boolean },
): Promise<RefusedRows> {
  if (format !== "csv") throw new InvalidInput("Only a CSV has columns that a file to correct could have.");
  const { rows, blank } = await readList({ bytes, format }, choices, zone);
  const rejected = await onStaged(ctx, rows, blank, async (_client, _told, refused) => refused);
  if (rejected.length > MOST_REFUSED) {
    throw new TooLarge(
      `${rejected.length} rows would be refused, more than a file to correct has room for (${MOST_REFUSED}): correct the file as a whole.`,
    );
  }
  const { encoding, separator, dialect } = choices;
  const how =
    dialect === "strict" ? ({ encoding: "utf-8", separator: "comma" } as const) : { encoding, separator };
  const cells = readCells(bytes, how, new Set(rejected.map(({ line }) => line)));
  const isKept = cells.header.map((name) => isClear || !isPersonal(name));
  const kept = (row: readonly string[]) => row.filter((_cell, column) => isKept[column] ?? isClear);
  const items = rejected.map((reject) => ({ ...reject, cells: kept(cells.rows.get(reject.line) ?? []) }));
  return { header: kept(cells.header), items, isContactLeftOut: isKept.includes(false) };
}

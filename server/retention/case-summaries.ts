import type pg from "pg";
import type { CaseSummary } from "../contracts/api/retention.ts";
import { parseFen } from "../contracts/money.ts";
import { isoOf } from "../db/iso-of.ts";
import type { FieldCipher } from "../lib/field-cipher.ts";
import { maskName, maskTelephone } from "../lib/mask.ts";
import { type Contact, openContact, type SealedContact } from "../lib/sealed-contact.ts";
import {
  openPersonal,
  SEALED_COLUMNS,
  SEALED_FROM,
  type SealedPersonalData,
} from "../streams/orders/tables/personal-data.ts";

/** A time as a number: fifty of them as texts take longer to parse than to be found. */
const milliseconds = (column: string): string => `(extract(epoch FROM ${column}) * 1000)::bigint`;

/** Columns of a case as the queue shows it; a query adds its own WHERE, ORDER BY and LIMIT. summariesOf adds the rest. */
export const SELECT_CASES = `
  SELECT c.id, c.user_id, c.state, c.version, c.assignee, p.name AS assignee_name, c.outcome, c.premium_at_risk,
    c.baseline_before, greatest(c.anchor, c.baseline_before) AS anchor, c.amount_now, c.occurrence_count, c.rules,
    ${milliseconds("c.opened_at")} AS opened_at, ${milliseconds("c.updated_at")} AS updated_at, ${milliseconds("c.closed_at")} AS closed_at
  FROM retention_case c LEFT JOIN "user" p ON p.id = c.assignee`;

/**
 * What sealed personal data of the users of cases there is: that of the key-user list, and what they left with their newest order. A statement of its own, prepared: to plan it
 * takes longer than to run it, and the plan is the same for every page.
 */
const DETAILS = {
  name: "case-details",
  text: `
  SELECT c.user_id, k.customer_name, k.customer_tel, o.personal, o.block, o.place FROM unnest($1::bigint[]) AS c (user_id)
    LEFT JOIN key_user k ON k.user_id = c.user_id
    LEFT JOIN LATERAL (SELECT ${SEALED_COLUMNS} FROM ${SEALED_FROM}
      WHERE l.user_id = c.user_id ORDER BY l.biz_date DESC LIMIT 1) o ON true`,
};

/** A row of SELECT_CASES; amounts as the wire has them, times in epoch milliseconds. */
export interface CaseRow {
  readonly id: string;
  readonly user_id: string;
  readonly state: CaseSummary["state"];
  readonly version: number;
  readonly assignee: string | null;
  readonly assignee_name: string | null;
  readonly outcome: CaseSummary["outcome"];
  readonly premium_at_risk: string;
  readonly baseline_before: string;
  readonly anchor: string;
  readonly amount_now: string;
  readonly occurrence_count: number;
  readonly rules: string[];
  readonly opened_at: string;
  readonly updated_at: string;
  readonly closed_at: string | null;
}

interface Details extends SealedPersonalData, SealedContact {
  readonly user_id: string;
}

interface Needs {
  readonly pool: pg.Pool;
  readonly cipher: FieldCipher;
}

/**
 * Name and telephone of a customer, each from the key-user list, else from their newest order; in clear: for who has the right to it,
 * and after it was audited.
 */
export async function contactOf({ pool, cipher }: Needs, userId: string): Promise<Contact> {
  const { rows } = await pool.query<Details>({ ...DETAILS, values: [[userId]] });
  return opened(rows[0], cipher);
}

/** A field that the list has none of is the newest order's: the list may know the one and the order the other. */
function opened(details: Details | undefined, cipher: FieldCipher): Contact {
  if (!details) return { customerName: null, customerTel: null };
  const listed = openContact(cipher, details.user_id, details);
  if (listed.customerName !== null && listed.customerTel !== null) return listed;
  const ordered = openPersonal(details, cipher);
  return {
    customerName: listed.customerName ?? ordered.customerName,
    customerTel: listed.customerTel ?? ordered.customerTel,
  };
}

/** These cases in their newest state, in no particular order. */
export async function caseSummaries(ctx: Needs, ids: readonly bigint[]): Promise<CaseSummary[]> {
  const { rows } = await ctx.pool.query<CaseRow>(`${SELECT_CASES} WHERE c.id = ANY ($1)`, [ids]);
  return summariesOf(ctx, rows);
}

/** Cases on the wire, in the order of their rows; names and telephones masked. */
export async function summariesOf(
  { pool, cipher }: Needs,
  cases: readonly CaseRow[],
): Promise<CaseSummary[]> {
  const values = [[...new Set(cases.map((row) => row.user_id))]];
  const { rows } = await pool.query<Details>({ ...DETAILS, values });
  const details = new Map(rows.map((row) => [row.user_id, row]));
  return cases.map((row) => summaryOf(row, details.get(row.user_id), cipher));
}

function summaryOf(row: CaseRow, details: Details | undefined, cipher: FieldCipher): CaseSummary {
  const { customerName, customerTel } = opened(details, cipher);
  return {
    id: row.id,
    userId: row.user_id,
    state: row.state,
    version: row.version,
    assignee: row.assignee === null ? null : { id: row.assignee, name: row.assignee_name ?? row.assignee },
    outcome: row.outcome,
    premiumAtRisk: row.premium_at_risk,
    baselineBefore: row.baseline_before,
    anchor: row.anchor,
    amountNow: row.amount_now,
    dropPercent: dropPercent(row),
    rules: row.rules,
    occurrenceCount: row.occurrence_count,
    openedAt: isoOf(row.opened_at),
    updatedAt: isoOf(row.updated_at),
    closedAt: row.closed_at === null ? null : isoOf(row.closed_at),
    customerName: maskName(customerName),
    customerTel: maskTelephone(customerTel),
  };
}

/** Percent of the anchor given up, one decimal, rounded half up; 0.0 when nothing is at risk. */
function dropPercent(row: CaseRow): string {
  const [anchor, now] = [parseFen(row.anchor) ?? 0n, parseFen(row.amount_now) ?? 0n];
  if (parseFen(row.premium_at_risk) === 0n || anchor <= now) return "0.0";
  const tenths = ((anchor - now) * 2_000n + anchor) / (anchor * 2n);
  return `${tenths / 10n}.${tenths % 10n}`;
}

import type { Prisma } from "#prisma/client/client.ts";
import type { FieldMove } from "../contracts/api/key-users.ts";

/** A write met a row in which something moved that it contradicts. */
export class RowMoved extends Error {
  override name = "RowMoved";
  readonly moves: readonly FieldMove[];

  constructor(moves: readonly FieldMove[]) {
    super("the row has moved since it was seen");
    this.moves = moves;
  }
}

interface Change {
  readonly source: string;
  readonly at: Date;
  readonly by: string;
  readonly amount_moved: boolean;
  readonly info_moved: boolean;
  readonly segment_moved: boolean;
  readonly name_moved: boolean;
  readonly tel_moved: boolean;
}

interface Before {
  readonly user_id: bigint;
  readonly version: number;
  readonly updated_by: string;
  readonly updated_at: Date;
}

const FIELDS = ["rawPremium", "rawInfo", "segment", "customerName", "customerTel", "removedAt"] as const;

/**
 * What moved in a row since a version of it, the newest change of each field, in order of time. Each version is one row of the
 * history; where it does not tell all of them, everything counts as moved.
 */
export async function movesSince(
  tx: Prisma.TransactionClient,
  before: Before,
  seen: number,
): Promise<FieldMove[]> {
  const versions = before.version - seen;
  const changes = versions > 0 ? await readChanges(tx, before.user_id, versions) : [];
  if (versions < 0 || changes.length < versions) {
    const by = await nameOf(tx, before.updated_by);
    return FIELDS.map((field) => ({ field, by, at: before.updated_at.toISOString() }));
  }
  const newest = new Map<FieldMove["field"], FieldMove>();
  for (const change of changes) {
    for (const field of fieldsOf(change)) {
      newest.delete(field);
      newest.set(field, { field, by: change.by, at: change.at.toISOString() });
    }
  }
  return [...newest.values()];
}

/** Taking off the list and putting back move neither amount nor text. A text that the stream brings conflicts with nothing (rule W5). */
function fieldsOf({ source, ...change }: Change): FieldMove["field"][] {
  if (source === "remove" || source === "restore") return ["removedAt"];
  const moved: FieldMove["field"][] = [];
  if (change.amount_moved) moved.push("rawPremium");
  if (change.info_moved && source !== "stream") moved.push("rawInfo");
  if (change.segment_moved) moved.push("segment");
  if (change.name_moved) moved.push("customerName");
  if (change.tel_moved) moved.push("customerTel");
  return moved;
}

/** The newest changes, oldest first. */
function readChanges(tx: Prisma.TransactionClient, userId: bigint, count: number): Promise<Change[]> {
  return tx.$queryRaw<Change[]>`
    SELECT b.source, b.changed_at AS at, coalesce(p.name, a.name, b.actor, b.source) AS by,
      b.premium_before IS DISTINCT FROM b.premium_after OR b.effective_at IS NOT NULL AS amount_moved,
      b.info_before IS DISTINCT FROM b.info_after AS info_moved,
      b.segment_before IS DISTINCT FROM b.segment_after AS segment_moved,
      b.customer_name_before IS DISTINCT FROM b.customer_name_after AS name_moved,
      b.customer_tel_before IS DISTINCT FROM b.customer_tel_after AS tel_moved
    FROM (SELECT * FROM baseline_change WHERE user_id = ${userId} ORDER BY id DESC LIMIT ${count}) b
    LEFT JOIN "user" p ON p.id = b.actor LEFT JOIN api_key a ON a.id = b.actor ORDER BY b.id`;
}

async function nameOf(tx: Prisma.TransactionClient, id: string): Promise<string> {
  const [found] = await tx.$queryRaw<{ name: string }[]>`
    SELECT name FROM "user" WHERE id = ${id} UNION ALL SELECT name FROM api_key WHERE id = ${id}`;
  return found?.name ?? id;
}

import type { z } from "zod";
import type { Actor } from "../access/can.ts";
import type { Context } from "../context.ts";
import type { ProposalsPage, proposalsQuery } from "../contracts/api/proposals.ts";
import { type ProposalRow, proposalOf, SELECT_PROPOSALS } from "../four-eyes/kept-proposals.ts";
import { cutPage, decodeCursor } from "../lib/cursor.ts";

/** What waits for a second administrator, or what became of what waited; newest first. */
export async function listProposals(
  { pool, now }: Pick<Context, "pool" | "now">,
  asker: Pick<Actor, "id">,
  { state, cursor, limit }: z.infer<typeof proposalsQuery>,
): Promise<ProposalsPage> {
  const before = decodeCursor(cursor, ["integer"])?.[0] ?? null;
  const at = now();
  const { rows } = await pool.query<ProposalRow>(
    `${SELECT_PROPOSALS} WHERE (p.state IN ('open', 'confirming') AND p.expires_at > $2) = $3 AND ($1::bigint IS NULL OR p.id < $1)
     ORDER BY p.id DESC LIMIT $4`,
    [before, new Date(at), state === "open", limit + 1],
  );
  const { items, nextCursor } = cutPage(rows, limit, (row) => [row.id]);
  return { items: items.map((row) => proposalOf(row, { now: at, asker: asker.id })), nextCursor };
}

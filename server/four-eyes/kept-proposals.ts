import { zstdCompressSync, zstdDecompressSync } from "node:zlib";
import type { Context } from "../context.ts";
import type { Proposal, ToldOfAct } from "../contracts/api/proposals.ts";
import type { ProposableAct, ProposalState } from "../contracts/four-eyes.ts";
import { NotFound } from "../lib/errors.ts";
import type { FieldCipher } from "../lib/field-cipher.ts";

const PURPOSE = "proposal";

export interface ProposalRow {
  readonly id: string;
  readonly act: ProposableAct;
  /** confirming: the act is being done at this moment. */
  readonly state: Exclude<ProposalState, "expired"> | "confirming";
  readonly payload: Buffer | null;
  readonly told: ToldOfAct;
  readonly reason: string | null;
  readonly proposed_at: Date;
  readonly proposed_by: string;
  readonly proposer: string | null;
  /** Who made the key that proposed it; null: no key did. */
  readonly key_owner: string | null;
  readonly expires_at: Date;
  readonly decided_at: Date | null;
  readonly decided_by: string | null;
  readonly decider: string | null;
  readonly decision_reason: string | null;
}

/** With the names of the people; of a key its own. */
export const SELECT_PROPOSALS = `
  SELECT p.id, p.act, p.state, p.payload, p.told, p.reason, p.proposed_at, p.proposed_by, coalesce(a.name, k.name) AS proposer, k.created_by AS key_owner,
    p.expires_at, p.decided_at, p.decided_by, b.name AS decider, p.decision_reason
  FROM proposal p LEFT JOIN "user" a ON a.id = p.proposed_by LEFT JOIN api_key k ON k.id = p.proposed_by
    LEFT JOIN "user" b ON b.id = p.decided_by`;

/** @throws {NotFound} */
export async function readProposal({ pool }: Pick<Context, "pool">, id: string): Promise<ProposalRow> {
  const { rows } = await pool.query<ProposalRow>(`${SELECT_PROPOSALS} WHERE p.id = $1`, [
    isId(id) ? id : null,
  ]);
  const [row] = rows;
  if (!row) throw new NotFound("There is no such proposal.");
  return row;
}

/** What the act will be told; packed, for it may be a list. */
export const sealedPayload = (cipher: FieldCipher, payload: object): Buffer<ArrayBuffer> =>
  Buffer.from(cipher.seal(zstdCompressSync(JSON.stringify(payload)), PURPOSE));

export const openedPayload = (cipher: FieldCipher, payload: Buffer): unknown =>
  JSON.parse(zstdDecompressSync(cipher.open(payload, PURPOSE)).toString());

/** As it is answered. */
export function proposalOf(
  row: ProposalRow,
  { now, asker }: { readonly now: number; readonly asker: string },
): Proposal {
  return {
    id: row.id,
    act: row.act,
    state: stateOf(row, now),
    told: row.told,
    reason: row.reason,
    proposedAt: row.proposed_at.toISOString(),
    proposedBy: { id: row.proposed_by, name: row.proposer ?? row.proposed_by },
    expiresAt: row.expires_at.toISOString(),
    decidedAt: isUndecided(row) ? null : (row.decided_at?.toISOString() ?? null),
    decidedBy:
      isUndecided(row) || row.decided_by === null
        ? null
        : { id: row.decided_by, name: row.decider ?? row.decided_by },
    decisionReason: row.decision_reason,
    isOwn: isOwn(row, asker),
  };
}

const isUndecided = ({ state }: ProposalRow): boolean => state === "open" || state === "confirming";

/** Whether somebody proposed it, by themselves or by a key that they made. */
export const isOwn = ({ proposed_by, key_owner }: ProposalRow, asker: string): boolean =>
  proposed_by === asker || key_owner === asker;

/** What is being confirmed is open still: should the process die of it, it is confirmed anew. */
export function stateOf({ state, expires_at }: ProposalRow, now: number): ProposalState {
  if (state !== "open" && state !== "confirming") return state;
  return expires_at.getTime() <= now ? "expired" : "open";
}

/** What is no number names none. */
const isId = (text: string): boolean => /^\d{1,18}$/.test(text);

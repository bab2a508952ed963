import type pg from "pg";
import type { ProposableAct } from "../contracts/four-eyes.ts";
import type { AnyNotice } from "./channel.ts";

/** What is looked up about a notice when it is told. */
export interface NoticeFacts {
  /** Who did it: their name, that of a key, or as audit rows name actors. */
  readonly by: string;
  /** The customer of its case. */
  readonly userId: string | null;
  readonly segment: string | null;
  readonly act: ProposableAct | null;
  readonly proposalState: string | null;
}

const NOTHING: NoticeFacts = { by: "", userId: null, segment: null, act: null, proposalState: null };

export async function readNoticeFacts(db: Pick<pg.Pool, "query">, notice: AnyNotice): Promise<NoticeFacts> {
  const { actor = "", subject = "" } = "actor" in notice ? notice : {};
  const proposal = /^proposal (\d+)$/.exec(subject)?.[1] ?? null;
  const { rows } = await db.query<NoticeFacts>(
    `SELECT coalesce(u.name, a.name, asked.actor) AS by, c.user_id::text AS "userId", k.segment, p.act, p.state AS "proposalState"
     FROM (SELECT $1::text AS actor, $2::bigint AS case_id, $3::bigint AS proposal) asked
       LEFT JOIN "user" u ON u.id = asked.actor LEFT JOIN api_key a ON a.id = asked.actor
       LEFT JOIN retention_case c ON c.id = asked.case_id LEFT JOIN key_user k ON k.user_id = c.user_id
       LEFT JOIN proposal p ON p.id = asked.proposal`,
    [actor, notice.caseId, proposal],
  );
  return rows[0] ?? NOTHING;
}

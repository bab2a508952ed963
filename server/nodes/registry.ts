import type pg from "pg";
import type { NodeRole } from "../contracts/node-roles.ts";
import { repeat } from "../lib/repeat.ts";

const BEAT_MS = 1_000;
/** A node that was not seen for so long is not told of any more, s. */
const FORGOTTEN_S = 60;
/** One that was not seen for so long is not there, s: it says each second that it is. */
const SILENT_S = 4;

/** What a node says of itself once. */
export interface NodeFacts {
  /** Under which it holds the lease. */
  readonly id: string;
  readonly name: string;
  /** Where other nodes reach it. */
  readonly url: string;
  readonly role: NodeRole;
  readonly build: string;
}

/** What it says each second. */
export interface NodeState {
  readonly sockets: number;
  /** Commit position up to which its screens are told. */
  readonly position: number;
  /** By which it could carry notices: channels, and the way to single people. */
  readonly channels: readonly string[];
}

/** A node as every other one sees it. */
export interface SeenNode extends NodeFacts, NodeState {
  readonly isWriter: boolean;
  /** It has said nothing for some seconds. */
  readonly isSilent: boolean;
  /** Age of the oldest commit that its screens had not been told when it spoke last, ms; 0: none. */
  readonly behindMs: number;
  readonly startedAt: Date;
  readonly seenAt: Date;
}

/** Nodes find one another by the database alone: each says in a row of its own, each second, that it is there. */
export class NodeRegistry {
  readonly #pool: pg.Pool;
  readonly #facts: NodeFacts;
  readonly #state: () => NodeState;
  readonly #onError: (error: unknown) => void;
  #stop: () => Promise<void> = async () => undefined;

  constructor(pool: pg.Pool, facts: NodeFacts, state: () => NodeState, onError: (error: unknown) => void) {
    this.#pool = pool;
    this.#facts = facts;
    this.#state = state;
    this.#onError = onError;
  }

  /** Resolves when the others can see it. */
  async start(): Promise<void> {
    await this.#beat();
    this.#stop = repeat(() => this.#beat().catch(this.#onError), BEAT_MS);
  }

  async stop(): Promise<void> {
    await this.#stop();
    await this.#pool.query("DELETE FROM node WHERE id = $1", [this.#facts.id]).catch(this.#onError);
  }

  async #beat(): Promise<void> {
    const { id, name, url, role, build } = this.#facts;
    const { sockets, position, channels } = this.#state();
    await this.#pool.query(
      `WITH gone AS (DELETE FROM node WHERE seen_at < now() - ${FORGOTTEN_S} * interval '1 second' AND id <> $1)
       INSERT INTO node (id, name, url, role, build, sockets, position, channels, behind_ms)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, coalesce((SELECT greatest(0, extract(epoch FROM clock_timestamp() - at) * 1000)::int
         FROM commit_feed WHERE position > $7 ORDER BY position LIMIT 1), 0))
       ON CONFLICT (id) DO UPDATE SET sockets = excluded.sockets, position = excluded.position,
         channels = excluded.channels, behind_ms = excluded.behind_ms, seen_at = now()`,
      [id, name, url, role, build, sockets, position, channels],
    );
  }
}

interface Row extends Omit<SeenNode, "position"> {
  readonly position: string;
}

/** Every node that said within the last minute that it is there, by name. */
export async function readNodes(pool: Pick<pg.Pool, "query">): Promise<SeenNode[]> {
  const { rows } = await pool.query<Row>(
    `SELECT n.id, n.name, n.url, n.role, n.build, n.sockets, n.position, n.behind_ms AS "behindMs", n.channels, n.started_at AS "startedAt",
       n.seen_at AS "seenAt", coalesce(l.holder = n.id, false) AS "isWriter", n.seen_at < now() - ${SILENT_S} * interval '1 second' AS "isSilent"
     FROM node n LEFT JOIN lease l ON l.name = 'writer' AND l.expires_at > now()
     WHERE n.seen_at > now() - ${FORGOTTEN_S} * interval '1 second' ORDER BY n.name, n.id`,
  );
  return rows.map((row) => ({ ...row, position: Number(row.position) }));
}

/** Where nodes of other builds than this one are. */
export async function readOtherBuilds(pool: Pick<pg.Pool, "query">, build: string): Promise<string[]> {
  const nodes = await readNodes(pool);
  return nodes.filter((node) => !node.isSilent && node.build !== build).map(({ url }) => url);
}

/** Where the node is that holds the lease; null: nobody holds it, or its node has not said so yet. */
export async function readWriterUrl(pool: Pick<pg.Pool, "query">): Promise<string | null> {
  const { rows } = await pool.query<{ url: string }>(
    "SELECT n.url FROM lease l JOIN node n ON n.id = l.holder WHERE l.name = 'writer' AND l.expires_at > now()",
  );
  return rows[0]?.url ?? null;
}

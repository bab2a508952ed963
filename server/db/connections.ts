import { Socket } from "node:net";
import pg from "pg";

/** A connection that is not made by then is not made, ms. */
const CONNECT_MS = 5_000;
/** So that no firewall drops an idle connection, ms. */
const KEEP_ALIVE_MS = 10_000;

/** How often the database is asked whether it is there, ms, and after how many questions without an answer it counts as silent. */
export interface Patience {
  readonly askMs: number;
  readonly questions: number;
}

/** The statement under way tells of a connection that breaks; but an error without a listener would end the process. */
const toldElsewhere = (): void => undefined;

/** One connection, for work that is done and over. Whoever opens it ends it. */
export async function openClient(config: pg.ClientConfig): Promise<pg.Client> {
  const client = new pg.Client({ keepAlive: true, keepAliveInitialDelayMillis: KEEP_ALIVE_MS, ...config });
  client.on("error", toldElsewhere);
  await client.connect();
  return client;
}

const PATIENCE: Patience = { askMs: 5_000, questions: 6 };

/**
 * The pools of a process or thread, and what befalls their connections:
 * - One breaks: the statement under way fails and tells; an idle one is replaced.
 * - All fall silent (a failover, a firewall: packets vanish and nobody says so). TCP would wait for a quarter of an hour, and
 *   every statement with it. When the database has left several questions in a row without an answer, all connections are broken,
 *   and what waits fails as it does when a connection breaks. A database that is only busy answers the question.
 */
export class Connections {
  readonly #config: pg.PoolConfig;
  readonly #onLost: (error: Error) => void;
  readonly #patience: Patience;
  readonly #sockets = new Set<Socket>();
  readonly #pools: pg.Pool[] = [];
  /** Questions only: another pool may have no connection to spare. */
  readonly #asking: pg.Pool;
  readonly #timer: NodeJS.Timeout;
  #unanswered = 0;
  #isWaiting = false;

  /** @param onLost hears of each idle connection that breaks */
  constructor(config: pg.PoolConfig, onLost: (error: Error) => void, patience: Patience = PATIENCE) {
    this.#config = config;
    this.#onLost = onLost;
    this.#patience = patience;
    this.#asking = this.pool({ max: 1 });
    // Ticks are counted, not time: a process that stood still has asked nothing meanwhile.
    this.#timer = setInterval(() => this.#ask(), patience.askMs).unref();
  }

  pool(config: pg.PoolConfig): pg.Pool {
    const pool = new pg.Pool({
      connectionTimeoutMillis: CONNECT_MS,
      keepAlive: true,
      keepAliveInitialDelayMillis: KEEP_ALIVE_MS,
      ...this.#config,
      ...config,
      stream: () => this.#socket(),
    });
    pool.on("error", this.#onLost);
    pool.on("connect", (client) => client.on("error", toldElsewhere));
    this.#pools.push(pool);
    return pool;
  }

  /** Ends the pools; silent connections are waited for no longer than before. */
  async end(): Promise<void> {
    await Promise.all(this.#pools.map((pool) => pool.end()));
    clearInterval(this.#timer);
  }

  #socket(): Socket {
    const socket = new Socket();
    this.#sockets.add(socket);
    socket.once("close", () => this.#sockets.delete(socket));
    return socket;
  }

  #ask(): void {
    if (this.#unanswered >= this.#patience.questions) this.#breakAll();
    this.#unanswered += 1;
    if (this.#isWaiting) return;
    this.#isWaiting = true;
    this.#asking
      .query("SELECT 1")
      .then(
        () => {
          this.#unanswered = 0;
        },
        () => undefined, // a refusal ends whatever is refused by itself; it is silence that is looked for
      )
      .finally(() => {
        this.#isWaiting = false;
      });
  }

  #breakAll(): void {
    this.#unanswered = 0;
    const seconds = (this.#patience.askMs * this.#patience.questions) / 1_000;
    const silence = Object.assign(new Error(`the database has not answered for ${seconds} s`), {
      code: "ETIMEDOUT",
    });
    for (const socket of this.#sockets) socket.destroy(silence);
  }
}

import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import next from "next";
import type { Config } from "./config/config.ts";
import { BusinessTime } from "./contracts/business-time.ts";
import { Unavailable } from "./lib/errors.ts";
import type { Log } from "./lib/log.ts";
import type { Shutdown } from "./lib/shutdown.ts";
import { Vault } from "./lib/vault.ts";
import { AudienceMonitor } from "./queries/audience-monitor.ts";
import { audienceNow } from "./queries/audience-now.ts";
import { setRuntime } from "./runtime.ts";
import { openDatabase } from "./store/database.ts";
import { migrate } from "./store/migrate.ts";

export interface StartOptions {
  readonly config: Config;
  readonly log: Log;
  readonly shutdown: Shutdown;
  /** Next's development mode. */
  readonly dev: boolean;
}

/** Composition root: starts every part in order, registers its stop, and returns the address served. */
export async function startSystem({ config, log, shutdown, dev }: StartOptions): Promise<string> {
  const database = await openDatabase({
    databaseUrl: config.DATABASE_URL,
    dataDir: config.DATA_DIR,
    onIdleError: (error) => log.warn({ err: error }, "a database connection was lost"),
  });
  shutdown.add("database", () => database.close());
  const applied = await migrate(database.url);
  if (applied.length > 0) log.info({ applied }, "migrations applied");

  const server = createServer();
  setRuntime({
    config,
    log,
    db: database.db,
    pool: database.pool,
    vault: new Vault(config.SECRET_KEY ?? "x".repeat(32)),
    time: new BusinessTime(config.BUSINESS_TIME_ZONE),
    writer: {
      submit: () => Promise.reject(new Unavailable("no writer yet")),
      status: () => ({ state: "unavailable", holder: "", epoch: 0n, queuedEvents: 0, lastCommitMs: null }),
    },
    publish: () => undefined,
    epoch: "dev",
    build: "dev",
    now: Date.now,
    live: { socketCount: () => 0, rate: () => 0, recentMoves: () => ({ items: [], perSecond: 0 }) },
    audience: new AudienceMonitor(
      () => audienceNow({ pool: database.pool, now: Date.now, epoch: "dev" }),
      Date.now,
    ),
    demo: null,
    authenticate: async () => null,
    authHandler: async () => new Response(null, { status: 404 }),
  });

  const app = next({ dev, dir: process.cwd(), httpServer: server, customServer: true });
  const handle = app.getRequestHandler();
  await app.prepare();
  shutdown.add("next", () => app.close());
  server.on("request", (request, response) => void handle(request, response));
  const address = await listen(server, config);
  shutdown.add("http", () => close(server));
  return address;
}

async function listen(server: Server, config: Config): Promise<string> {
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(config.PORT, config.HOST, resolve);
  });
  const { port } = server.address() as AddressInfo;
  return config.PUBLIC_URL ?? `http://localhost:${port}`;
}

/** Stops taking connections, lets answers under way finish for a moment, then ends the idle rest. */
async function close(server: Server): Promise<void> {
  const closed = new Promise((resolve) => server.close(resolve));
  server.closeIdleConnections();
  setTimeout(() => server.closeAllConnections(), 2_000).unref();
  await closed;
}

import { readFile } from "node:fs/promises";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import next from "next";
import { startDemo } from "../demo/start-demo.ts";
import { ApiKeys, ensureInitialKey, issueKey } from "./access/api-keys.ts";
import { createAuth } from "./access/auth.ts";
import { createAuthenticate } from "./access/authenticate.ts";
import { can } from "./access/can.ts";
import { DEMO_KEY, DEMO_PASSWORD, DEMO_PEOPLE, ensureDemoPeople } from "./access/demo-people.ts";
import { ensureInitialAdministrator, issueFirstAdministratorToken } from "./access/first-administrator.ts";
import { livingSessions } from "./access/living-sessions.ts";
import { guardPage } from "./access/page-guard.ts";
import { keepWaking } from "./commands/wake-cases.ts";
import type { Config } from "./config/config.ts";
import { secretKey } from "./config/secret-key.ts";
import { BusinessTime } from "./contracts/business-time.ts";
import { createHealthHandler } from "./health/handler.ts";
import { createIngestHandler } from "./ingest/handler.ts";
import type { Log } from "./lib/log.ts";
import type { Shutdown } from "./lib/shutdown.ts";
import { Vault } from "./lib/vault.ts";
import { Hub } from "./push/hub.ts";
import { attachSockets, SOCKET_PATH, type Sockets } from "./push/sockets.ts";
import { AudienceMonitor } from "./queries/audience-monitor.ts";
import { audienceNow } from "./queries/audience-now.ts";
import { caseSummaries } from "./queries/case-summaries.ts";
import { hourFiguresOf } from "./queries/hour-figures.ts";
import { pipelineStatus } from "./queries/pipeline-status.ts";
import { type Runtime, setRuntime } from "./runtime.ts";
import { type Database, openDatabase } from "./store/database.ts";
import { databaseEpoch } from "./store/epoch.ts";
import { migrate } from "./store/migrate.ts";
import { readCommitPosition } from "./store/position.ts";
import { Writer } from "./writer/writer.ts";

export interface StartOptions {
  readonly config: Config;
  readonly log: Log;
  readonly shutdown: Shutdown;
  /** Next's development mode. */
  readonly dev: boolean;
}

type Handler = (request: IncomingMessage, response: ServerResponse) => Promise<boolean>;

/** Composition root: starts every part in order, registers its stop, and returns the address served. */
export async function startSystem(options: StartOptions): Promise<string> {
  const { config, log, shutdown, dev } = options;
  const database = await openMigrated(options);
  const vault = new Vault(await secretKey(config.SECRET_KEY, config.DATA_DIR));
  const writer = await startWriter(options, database, vault);
  const server = createServer();
  const system = await assemble(options, database, vault, writer, server);
  await makePeople(options, database);

  const app = next({ dev, dir: process.cwd(), httpServer: server, customServer: true });
  await app.prepare();
  shutdown.add("next", () => app.close());
  const pages = app.getRequestHandler();
  const guarded: typeof pages = (request, response) => {
    guardPage(request, response, { dev, publicUrl: config.PUBLIC_URL });
    return pages(request, response);
  };
  server.on("request", (request, response) => {
    serve(request, response, system.handlers, guarded).catch((error: unknown) => {
      log.error({ err: error }, "a request failed");
      response.destroy();
    });
  });
  guardUpgrades(server, dev ? app.getUpgradeHandler() : null);
  const address = await listen(server, config);
  shutdown.add("http", () => close(server));
  await tellFirstAdministrator(options, database, address);
  if (config.DEMO) system.setDemo(await simulate(options, database, server));
  return address;
}

async function openMigrated({ config, log, shutdown }: StartOptions): Promise<Database> {
  const database = await openDatabase({
    databaseUrl: config.DATABASE_URL,
    dataDir: config.DATA_DIR,
    onIdleError: (error) => log.warn({ err: error }, "a database connection was lost"),
  });
  shutdown.add("database", () => database.close());
  const applied = await migrate(database.url);
  if (applied.length > 0) log.info({ applied }, "migrations applied");
  return database;
}

async function startWriter(
  { config, log, shutdown }: StartOptions,
  database: Database,
  vault: Vault,
): Promise<Writer> {
  const time = new BusinessTime(config.BUSINESS_TIME_ZONE);
  const writer = new Writer({ databaseUrl: database.url, vault, time, log, now: Date.now });
  shutdown.add("writer", () => writer.stop());
  await writer.start();
  return writer;
}

/** Joins push, access and reads into the runtime that routes and pages see. */
async function assemble(
  { config, log, shutdown }: StartOptions,
  database: Database,
  vault: Vault,
  writer: Writer,
  server: Server,
) {
  const { db, pool } = database;
  const epoch = await databaseEpoch(pool);
  const build = await readFile(".next/BUILD_ID", "utf8").catch(() => "development");
  const keys = new ApiKeys(db, Date.now);
  const auth = createAuth({ db, secret: vault.derive("sessions"), publicUrl: config.PUBLIC_URL, log });
  const authenticate = createAuthenticate(auth, keys);
  let sockets: Sockets | undefined;
  let demo: Runtime["demo"] = null;

  const time = new BusinessTime(config.BUSINESS_TIME_ZONE);
  const audience = new AudienceMonitor(() => audienceNow({ pool, now: Date.now, epoch }), Date.now);
  const hub: Hub = new Hub({
    epoch,
    position: await readCommitPosition(pool),
    now: Date.now,
    onError: (error) => log.error({ err: error }, "a push was not made"),
    loaders: {
      hourFigures: (hour) => hourFiguresOf(hour, time.hourOf(Date.now())),
      cases: (ids) => caseSummaries({ pool, vault }, ids),
      audience: () => audience.current(),
      pipeline: () => pipelineStatus(runtime),
    },
  });
  const runtime: Runtime = {
    config,
    log,
    db,
    pool,
    vault,
    time,
    writer,
    publish: (committed) => hub.publish(committed),
    epoch,
    build,
    now: Date.now,
    live: {
      socketCount: () => sockets?.count() ?? 0,
      rate: (stream) => hub.rate(stream),
      recentMoves: () => hub.recentMoves(),
    },
    audience,
    forget: () => {
      audience.forget();
      hub.forget();
    },
    get demo() {
      return demo;
    },
    authenticate,
    authHandler: auth.handler,
  };
  setRuntime(runtime);
  writer.onCommitted((committed) => hub.publish(committed));
  sockets = attachSockets(server, {
    hub,
    authenticate,
    livingSessions: (sessions) => livingSessions(pool, sessions),
    publicUrl: config.PUBLIC_URL,
    epoch,
    build,
    now: Date.now,
    log,
  });
  const attached = sockets;
  hub.start(attached);
  shutdown.add(
    "snoozes",
    keepWaking(runtime, (error) => log.warn({ err: error }, "snoozed cases were not looked after")),
  );
  shutdown.add("push", async () => {
    hub.stop();
    await attached.close();
  });
  const handlers: Handler[] = [
    createIngestHandler({
      writer,
      rightsOf: async (headers) => {
        const actor = await authenticate(headers);
        return actor && { write: can(actor, "ingest.write"), replay: can(actor, "ingest.replay") };
      },
      maxFutureSkewMs: config.MAX_FUTURE_SKEW_MS,
      now: Date.now,
      log,
    }),
    createHealthHandler({ pool, writer, live: runtime.live, log }),
  ];
  return {
    handlers,
    setDemo: (running: Runtime["demo"]) => {
      demo = running;
    },
  };
}

async function makePeople({ config }: StartOptions, { db }: Database): Promise<void> {
  if (config.INIT_API_KEY) await ensureInitialKey(db, config.INIT_API_KEY);
  if (config.INIT_ADMIN_EMAIL && config.INIT_ADMIN_PASSWORD) {
    await ensureInitialAdministrator(db, config.INIT_ADMIN_EMAIL, config.INIT_ADMIN_PASSWORD);
  }
  if (config.DEMO && (await holdsDemo(db))) await ensureDemoPeople(db);
}

/** Without an administrator, the log shows the one-time link that makes one. */
async function tellFirstAdministrator(
  { log }: StartOptions,
  { db }: Database,
  address: string,
): Promise<void> {
  const token = await issueFirstAdministratorToken(db);
  if (token)
    log.warn({ link: `${address}/setup?token=${token}` }, "open this link to make the first administrator");
}

/** Whether the data is a demo's. A wiped demo is none: it stays so until somebody starts with a new data folder. */
async function holdsDemo(db: Database["db"]): Promise<boolean> {
  const create = { key: "demo", value: true };
  const setting = await db.setting.upsert({ where: { key: "demo" }, update: {}, create });
  return setting.value === true;
}

/** The simulated insurer: an ordinary client of the public endpoints, in a process of its own. */
async function simulate({ config, log, shutdown }: StartOptions, { db }: Database, server: Server) {
  if (!(await holdsDemo(db))) return null;
  await db.apiKey.deleteMany({ where: { name: DEMO_KEY } });
  const key = await issueKey(db, {
    name: DEMO_KEY,
    scopes: ["ingest", "replay", "read", "key-users"],
    expiresAt: new Date(Date.now() + 30 * 86_400_000),
  });
  const { port } = server.address() as AddressInfo;
  const manager = DEMO_PEOPLE.find((person) => person.role === "manager");
  const demo = startDemo(
    {
      baseUrl: `http://127.0.0.1:${port}`,
      apiKey: key.secret,
      manager: manager ? { email: manager.email, password: DEMO_PASSWORD } : null,
      seed: config.DEMO_SEED,
      speed: config.DEMO_SPEED,
      zone: config.BUSINESS_TIME_ZONE,
    },
    log,
  );
  shutdown.add("demo", () => demo.stop());
  return demo;
}

async function serve(
  request: IncomingMessage,
  response: ServerResponse,
  handlers: readonly Handler[],
  pages: (request: IncomingMessage, response: ServerResponse) => Promise<void>,
): Promise<void> {
  if (request.url?.startsWith(SOCKET_PATH)) return; // Socket.IO has its own listener
  for (const handler of handlers) if (await handler(request, response)) return;
  await pages(request, response);
}

/** Upgrades that are not Socket.IO's end here; in development, Next's own are passed on. */
function guardUpgrades(
  server: Server,
  development: ReturnType<ReturnType<typeof next>["getUpgradeHandler"]> | null,
) {
  server.on("upgrade", (request, socket, head) => {
    if (request.url?.startsWith(SOCKET_PATH)) return;
    if (development && request.url?.startsWith("/_next/")) void development(request, socket, head);
    else socket.destroy();
  });
}

async function listen(server: Server, config: Config): Promise<string> {
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(config.PORT, config.HOST, resolve);
  });
  const { port } = server.address() as AddressInfo;
  return config.PUBLIC_URL ?? `http://localhost:${port}`;
}

/** Stops taking connections, lets answers under way finish for a moment, then ends the rest. */
async function close(server: Server): Promise<void> {
  const closed = new Promise((resolve) => server.close(resolve));
  server.closeIdleConnections();
  setTimeout(() => server.closeAllConnections(), 2_000).unref();
  await closed;
}

import { createServer, type Server } from "node:http";
import next from "next";
import { guardPage } from "../access/page-guard.ts";
import { secretKey } from "../config/secret-key.ts";
import { BusinessTime } from "../contracts/business-time.ts";
import { recordMigrations } from "../db/audit.ts";
import { type Database, openDatabase } from "../db/database.ts";
import { migrate } from "../db/migrate.ts";
import { makePartitionsAhead } from "../db/partitions.ts";
import { inTurn } from "../db/turns.ts";
import { keepZone } from "../db/zone.ts";
import { EngineThread } from "../engine/engine-thread.ts";
import { FieldCipher } from "../lib/field-cipher.ts";
import { unlessAborted } from "../lib/unless-aborted.ts";
import { DayWorkerThread } from "../orders/day-worker/day-worker.ts";
import { keepSecret } from "../streams/log/secret-check.ts";
import { assemble } from "./assemble.ts";
import { simulate } from "./demo.ts";
import { DOOR_LIMITS, openDoor } from "./door.ts";
import { close, guardUpgrades, listen, requirePort, route } from "./http.ts";
import { tellMissingTls } from "./missing-tls.ts";
import { makePeople, tellFirstAdministrator } from "./people.ts";
import type { StartOptions } from "./start-options.ts";

/**
 * Composition root: starts every part in order, registers its stop, and returns the address served.
 * @throws the reason of the shutdown's signal when that comes; what had been started is left to the shutdown
 */
export async function startSystem(options: StartOptions): Promise<string> {
  const { config, log, shutdown } = options;
  const { signal } = shutdown;
  await requirePort(config);
  const database = await openMigrated(options);
  const key = await secretKey(config.SECRET_KEY, config.DATA_DIR, { signal });
  const cipher = new FieldCipher(key);
  await keepSecret(database.pool, cipher);
  const engine = config.NODE_ROLE === "web" ? null : await startEngine(options, database, key);
  const server = createServer(DOOR_LIMITS);
  const dayWorker = new DayWorkerThread({
    databaseUrl: database.url,
    secretKey: key,
    zone: config.BUSINESS_TIME_ZONE,
  });
  shutdown.add("day worker", () => dayWorker.stop());
  const system = await assemble(options, { database, cipher, engine, dayWorker, server });
  await unlessAborted(
    inTurn(database.url, () => makePeople(options, database)),
    signal,
  );

  const app = await startPages(options, server);
  route(server, system.handlers, app.pages, log);
  guardUpgrades(server, app.upgrades);
  openDoor(server, { publicUrl: config.PUBLIC_URL, trustedProxies: config.TRUSTED_PROXIES ?? [] });
  signal.throwIfAborted();
  const { address, port } = await listen(server, config);
  shutdown.add("http", () => close(server));
  await system.join(port);
  await tellFirstAdministrator(options, database, address);
  tellMissingTls(config, log);
  signal.throwIfAborted();
  if (config.DEMO) system.setDemo(await simulate(options, database, server));
  return address;
}

async function openMigrated({ config, log, shutdown }: StartOptions): Promise<Database> {
  const { signal } = shutdown;
  const database = await openDatabase({
    databaseUrl: config.DATABASE_URL,
    dataDir: config.DATA_DIR,
    log,
    signal,
    tell: (sentence) => log.info(sentence),
    onIdleError: (error) => log.warn({ err: error }, "a database connection was lost"),
  });
  shutdown.add("database", () => database.close());
  const settle = async () => {
    const applied = await migrate(database.url, { place: database.place });
    if (applied.length > 0) log.info({ applied }, "migrations applied");
    await database.closeAudit();
    await recordMigrations(database.pool, "system", applied);
    await keepZone(database.pool, config.BUSINESS_TIME_ZONE);
    const today = new BusinessTime(config.BUSINESS_TIME_ZONE).dateOf(Date.now());
    await makePartitionsAhead(database.pool, today);
  };
  await unlessAborted(inTurn(database.url, settle), signal);
  return database;
}

async function startEngine(
  { config, log, shutdown }: StartOptions,
  database: Database,
  secretKey: string,
): Promise<EngineThread> {
  const engine = new EngineThread({
    databaseUrl: database.url,
    secretKey,
    zone: config.BUSINESS_TIME_ZONE,
    dayCloseAfterHours: config.DAY_CLOSE_AFTER_HOURS,
    logLevel: config.LOG_LEVEL,
    faultAt: config.FAULT_AT,
    log,
  });
  shutdown.add("engine", () => engine.stop());
  await unlessAborted(engine.start(), shutdown.signal);
  return engine;
}

/** Next, with the headers that guard every page. */
async function startPages({ config, shutdown, dev }: StartOptions, server: Server) {
  const app = next({ dev, dir: process.cwd(), httpServer: server, customServer: true });
  await unlessAborted(app.prepare(), shutdown.signal);
  shutdown.add("next", () => app.close());
  const render = app.getRequestHandler();
  const pages: typeof render = (request, response) => {
    guardPage(request, response, { dev, publicUrl: config.PUBLIC_URL });
    return render(request, response);
  };
  return { pages, upgrades: dev ? app.getUpgradeHandler() : null };
}

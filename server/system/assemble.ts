import { readFile } from "node:fs/promises";
import { livingSessions } from "../access/living-sessions.ts";
import type { SeenSessions } from "../access/seen-sessions.ts";
import { AudienceMonitor } from "../audience/audience-monitor.ts";
import { audienceNow } from "../audience/audience-now.ts";
import { LastPageReader } from "../audience/last-page-reader.ts";
import { type Context, setContext } from "../context.ts";
import { BusinessTime } from "../contracts/business-time.ts";
import { readCommitPosition, readFeed } from "../db/commit-feed.ts";
import { databaseEpoch } from "../db/epoch.ts";
import { prepared } from "../db/prepared.ts";
import { holderName } from "../engine/holder.ts";
import { startJobs } from "../jobs/scheduler.ts";
import { segmentsOf } from "../key-users/segments.ts";
import { Hub, type HubOptions } from "../live/hub.ts";
import { attachSockets, type Sockets } from "../live/sockets.ts";
import type { ClusterEngine } from "../nodes/cluster-engine.ts";
import { CHANNELS } from "../notifications/channels.ts";
import { personalMailer } from "../notifications/email.ts";
import { hourFiguresOf } from "../orders/hour-figures.ts";
import { pipelineStatus } from "../pipeline/pipeline-status.ts";
import { caseSummaries } from "../retention/case-summaries.ts";
import { SettingsInForce } from "../settings/in-force.ts";
import { startAccess } from "./access.ts";
import { handlersOf } from "./handlers.ts";
import type { Handler } from "./http.ts";
import { clusterOf, joinNodes } from "./nodes.ts";
import { startNotifying } from "./notify.ts";
import type { Parts } from "./parts.ts";
import type { StartOptions } from "./start-options.ts";

interface System {
  /** What this server answers before the pages are asked. */
  readonly handlers: readonly Handler[];
  setDemo(running: Context["demo"]): void;
  /** Tells the other nodes that this one is there. @param port that it listens on */
  join(port: number): Promise<void>;
}

/** Commits before the start, of which the list of what moved is made: every process shows about the same. */
const PAST = 500;

/** Joins push, access and reads into the context that routes and pages see. */
export async function assemble(options: StartOptions, parts: Parts): Promise<System> {
  const { database, engine } = parts;
  const nodeId = engine?.status().holder ?? holderName();
  const cluster = clusterOf(parts, nodeId);
  // The hub's loaders ask the context, and the context publishes to the hub: each reaches the other when it is called.
  let sockets: Sockets | undefined;
  let demo: Context["demo"] = null;
  const epoch = await databaseEpoch(database.pool);
  const position = await readCommitPosition(database.pool);
  const { commits: past } = await readFeed(database.pool, Math.max(0, position - PAST), PAST);
  const hub: Hub = createHub(options, parts, { epoch, position, past }, () => context);
  const { seenSessions, ...known } = await reading(options, parts, { epoch, cluster });
  const context: Context = {
    ...known,
    publish: (committed) => hub.publish(committed),
    live: {
      socketCount: () => sockets?.count() ?? 0,
      rate: (stream) => hub.rate(stream),
      recentMoves: (date) => hub.recentMoves(date),
    },
    get demo() {
      return demo;
    },
  };
  setContext(context);
  engine?.onCommitted((committed) => hub.publish(committed));
  sockets = startPush(options, parts, context, { hub, seenSessions });
  const notifier = startNotifying(options, context, nodeId);
  options.shutdown.add("jobs", startJobs(context));
  return {
    handlers: handlersOf(options, parts, { context, cluster, notifier }),
    setDemo: (running) => {
      demo = running;
    },
    join: (port) => {
      const own = { position: () => hub.position, channels: () => notifier.ways() };
      return joinNodes(options, context, { id: nodeId, port, ...own });
    },
  };
}

/** The part of the context that does not push. */
async function reading(
  options: StartOptions,
  { database, cipher, dayWorker }: Parts,
  { epoch, cluster }: { readonly epoch: string; readonly cluster: ClusterEngine },
) {
  const { config, log } = options;
  const { db, pool } = database;
  const settings = new SettingsInForce({ pool, cipher, config, groups: CHANNELS });
  return {
    config,
    settings,
    log,
    db,
    pool,
    cipher,
    time: new BusinessTime(config.BUSINESS_TIME_ZONE),
    writer: cluster,
    engine: cluster,
    epoch,
    dayWorker,
    build: await readFile(".next/BUILD_ID", "utf8").catch(() => "development"),
    now: Date.now,
    mailer: personalMailer(config),
    lastPages: new LastPageReader({ pool, now: Date.now, config }),
    audience: new AudienceMonitor(() => audienceNow({ pool, now: Date.now, epoch }), Date.now),
    ...startAccess(options, { database, cipher, settings }),
  };
}

/** Whoever watches over processes starts it again, and it begins with what the database holds now. */
function startOver(log: StartOptions["log"]): void {
  if (isEnding) return;
  isEnding = true;
  log.error(
    "the database was restored, or lost its newest commits, while this node ran: it ends, and is to be started again",
  );
  process.kill(process.pid, "SIGTERM");
}
let isEnding = false;

function createHub(
  { config, log }: StartOptions,
  { database, cipher }: Parts,
  start: Pick<HubOptions, "epoch" | "position" | "past">,
  context: () => Context,
): Hub {
  const time = new BusinessTime(config.BUSINESS_TIME_ZONE);
  return new Hub({
    ...start,
    now: Date.now,
    onOtherHistory: () => startOver(log),
    onWiped: () => context().audience.reset(),
    onError: (error) => log.error({ err: error }, "a push was not made"),
    feed: (after, limit) => readFeed(prepared(database.pool), after, limit),
    loaders: {
      hourFigures: (hour) => hourFiguresOf(hour, time.hourOf(Date.now())),
      cases: (ids) => caseSummaries({ pool: database.pool, cipher }, ids),
      audience: () => context().audience.current(),
      pipeline: () => pipelineStatus(context()),
      segments: (userIds) => segmentsOf(database.pool, userIds),
    },
  });
}

function startPush(
  { config, log, shutdown }: StartOptions,
  { database, server }: Parts,
  { authenticate, epoch, build, now }: Context,
  { hub, seenSessions }: { readonly hub: Hub; readonly seenSessions: SeenSessions },
): Sockets {
  const sockets = attachSockets(server, {
    hub,
    authenticate,
    livingSessions: async (keys) => {
      const living = await livingSessions(database.pool, keys, config.DEMO);
      seenSessions.note([...living].map((key) => key.split(" ", 1)[0] ?? ""));
      return living;
    },
    epoch,
    build,
    now,
    log,
  });
  hub.start(sockets);
  shutdown.add("push", async () => {
    await hub.stop();
    await sockets.close();
  });
  return sockets;
}

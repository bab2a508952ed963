import { issueKey, revokeKeys } from "#server/access/api-keys.ts";
import type { Config } from "#server/config/config.ts";
import { BusinessTime } from "#server/contracts/business-time.ts";
import type { Database } from "#server/db/database.ts";
import { keepZone } from "#server/db/zone.ts";
import { ingestBody } from "#server/engine/ingest-body.ts";
import { Writer } from "#server/engine/writer.ts";
import { MOST_LINES } from "#server/ingest/lines-header.ts";
import { createLog } from "#server/lib/log.ts";
import { keepSecret } from "#server/streams/log/secret-check.ts";
import { cliActor } from "../actor.ts";
import { runningServer } from "../running-server.ts";
import { cipherOf } from "../settings-of.ts";
import type { ReplayTarget } from "./replay-target.ts";
import { senderTo } from "./sender.ts";

export async function openTarget(config: Config, database: Database): Promise<ReplayTarget> {
  const server = await runningServer(config, database);
  return server === null ? writerTarget(config, database) : serverTarget(server, database);
}

const HOUR_MS = 3_600_000;

/** Speaks HTTP like any sender, with a key that lives as long as the replay. */
async function serverTarget(url: string, database: Database): Promise<ReplayTarget> {
  const expiresAt = new Date(Date.now() + 24 * HOUR_MS);
  const key = await issueKey(database.db, { name: "cli replay", scopes: ["replay"], expiresAt }, cliActor());
  return {
    name: url,
    send: senderTo(url, key.secret),
    close: async () => {
      await database.db.$transaction((tx) =>
        revokeKeys(tx, { id: key.id }, cliActor(), "the replay has ended"),
      );
    },
  };
}

/** Hosts the writer in this process, under the same lease as any server. */
async function writerTarget(config: Config, database: Database): Promise<ReplayTarget> {
  await keepZone(database.pool, config.BUSINESS_TIME_ZONE);
  const cipher = await cipherOf(config);
  await keepSecret(database.pool, cipher);
  const writer = new Writer({
    databaseUrl: database.url,
    cipher,
    time: new BusinessTime(config.BUSINESS_TIME_ZONE),
    log: createLog("warn"),
    now: Date.now,
    dayCloseAfterHours: config.DAY_CLOSE_AFTER_HOURS,
  });
  await writer.start();
  return {
    name: "the database",
    send: async (stream, { format, bytes, linesBefore }, clock) => {
      const batchClock =
        clock.kind === "event"
          ? clock
          : ({ kind: "wall", now: Date.now(), skewMs: config.MAX_FUTURE_SKEW_MS } as const);
      return ingestBody(writer, {
        stream,
        format,
        bytes,
        clock: batchClock,
        linesBefore: Math.min(linesBefore, MOST_LINES),
      });
    },
    close: () => writer.stop(),
  };
}

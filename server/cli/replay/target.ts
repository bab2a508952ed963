import { issueKey, revokeKeys } from "../../access/api-keys.ts";
import type { Config } from "../../config/config.ts";
import { secretKey } from "../../config/secret-key.ts";
import type { IngestAnswer } from "../../contracts/api/ingest.ts";
import { BusinessTime } from "../../contracts/business-time.ts";
import type { StreamName } from "../../contracts/streams.ts";
import { ingestBody } from "../../engine/ingest-body.ts";
import { MOST_LINES } from "../../ingest/lines-header.ts";
import { createLog } from "../../lib/log.ts";
import { Vault } from "../../lib/vault.ts";
import type { Piece } from "../../reader/cut-pieces.ts";
import type { Database } from "../../store/database.ts";
import { keepSecret } from "../../store/secret-check.ts";
import { keepZone } from "../../store/zone.ts";
import { Writer } from "../../writer/writer.ts";
import { cliActor } from "../actor.ts";
import { runningServer } from "../running-server.ts";
import { senderTo } from "./sender.ts";

/** How the events of a replay get their acceptance time (rule C3). */
export type ReplayClock = { readonly kind: "wall" } | { readonly kind: "event"; readonly from: number };

export type Sent = Omit<IngestAnswer, "stream" | "firstSeq" | "lastSeq" | "unknownFields">;

/** Where a replay goes: to the running system, or, if none runs, to a writer of our own. */
export interface ReplayTarget {
  readonly name: string;
  /** @throws {TooBusy | Unavailable} the same body may be sent again */
  send(stream: StreamName, piece: Piece, clock: ReplayClock): Promise<Sent>;
  close(): Promise<void>;
}

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
  const vault = new Vault(await secretKey(config.SECRET_KEY, config.DATA_DIR));
  await keepSecret(database.pool, vault);
  const writer = new Writer({
    databaseUrl: database.url,
    vault,
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

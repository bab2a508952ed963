import { access } from "node:fs/promises";
import { join } from "node:path";
import { type Actor, can } from "../access/can.ts";
import { clientAddress } from "../access/client-address.ts";
import type { Context } from "../context.ts";
import { createIngestHandler } from "../ingest/handler.ts";
import type { ClusterEngine } from "../nodes/cluster-engine.ts";
import { createForeignAssets } from "../nodes/foreign-assets.ts";
import { readOtherBuilds } from "../nodes/registry.ts";
import { createTakeHandler } from "../nodes/take-handler.ts";
import type { Notifier } from "../notifications/notifier.ts";
import { createHealthHandler } from "../pipeline/probes.ts";
import { ROUTER } from "../routes.ts";
import { createApiGuard } from "./api-guard.ts";
import type { Handler } from "./http.ts";
import { clusterKey } from "./nodes.ts";
import type { Parts } from "./parts.ts";
import { quickRoute } from "./quick-route.ts";
import type { StartOptions } from "./start-options.ts";

function noteRefusedSender({ noteRefused }: Context, actor: Actor, headers: Headers): void {
  noteRefused({ actor, right: "ingest.write", at: "POST /ingest", address: clientAddress({ headers }) });
}

interface Served {
  readonly context: Context;
  readonly cluster: ClusterEngine;
  readonly notifier: Notifier;
}

/** What this server answers before the pages are asked, in the order in which they are. */
export function handlersOf(
  { config, log, dev }: StartOptions,
  { database, cipher, engine }: Parts,
  { context, cluster, notifier }: Served,
): Handler[] {
  return [
    createTakeHandler({ engine, key: clusterKey(cipher), log }),
    createIngestHandler({
      engine: cluster,
      senderOf: async (headers) => {
        const actor = await context.authenticate(headers);
        if (actor && !can(actor, "ingest.write")) noteRefusedSender(context, actor, headers);
        return (
          actor && { id: actor.id, write: can(actor, "ingest.write"), replay: can(actor, "ingest.replay") }
        );
      },
      maxFutureSkewMs: config.MAX_FUTURE_SKEW_MS,
      now: context.now,
      log,
    }),
    createHealthHandler({
      pool: database.pool,
      writer: cluster,
      live: context.live,
      notifier,
      mayRead: async (headers) => {
        const actor = await context.authenticate(headers);
        return actor?.kind === "machine" && can(actor, "pipeline.read");
      },
      isOpen: config.METRICS_OPEN,
      log,
    }),
    createApiGuard(ROUTER, log),
    createForeignAssets({
      has: isOwnAsset,
      others: () => readOtherBuilds(database.pool, context.build),
      now: context.now,
    }),
    quickRoute("/api/v1/features/last-page", ROUTER, { dev, publicUrl: config.PUBLIC_URL }),
  ];
}

const isOwnAsset = (file: string): Promise<boolean> =>
  access(join(".next/static", file)).then(
    () => true,
    () => false,
  );

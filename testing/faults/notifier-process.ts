/** A process of its own that carries notices to a webhook, to be killed: `node notifier-process.ts DATABASE HOOK SECRET`. */
import pg from "pg";
import { createLog } from "#server/lib/log.ts";
import { Notifier } from "#server/notifications/notifier.ts";
import { createWebhook } from "#server/notifications/webhook.ts";

const [connectionString, url = "", secret = ""] = process.argv.slice(2);
const now = Date.now;
const webhook = createWebhook({ url, secret, allowPrivate: true, publicUrl: undefined, now });
const notifier = new Notifier({
  pool: new pg.Pool({ connectionString }),
  channels: async () => [webhook],
  now,
  random: Math.random,
  log: createLog("silent"),
  claimMs: 500,
});
notifier.start();

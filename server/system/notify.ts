import type { Context } from "../context.ts";
import { readNodes } from "../nodes/registry.ts";
import { openChannels, openedInForce } from "../notifications/channels.ts";
import { startHeartbeat } from "../notifications/heartbeat.ts";
import { Notifier } from "../notifications/notifier.ts";
import { openPersonalMail } from "../notifications/personal-mail.ts";
import type { StartOptions } from "./start-options.ts";

/** Passes come every second; this long without one, and the heartbeat stops. */
const WELL_MS = 60_000;

/** Starts carrying notices to the channels that are configured (rule K9), and to single people. */
export function startNotifying(
  options: StartOptions,
  { db, pool, writer, now, settings }: Pick<Context, "db" | "pool" | "writer" | "now" | "settings">,
  nodeId: string,
): Notifier {
  const { config, log, shutdown } = options;
  const notifier = new Notifier({
    pool,
    channels: openedInForce(settings, (each) => openChannels(each, now)),
    personal: openedInForce(settings, (each) => openPersonalMail({ db, pool }, each)),
    mayRoute: async (ways) => {
      const others = (await readNodes(pool)).filter(({ id, isSilent }) => id !== nodeId && !isSilent);
      return others.every(({ channels }) => channels.every((each) => ways.includes(each)));
    },
    now,
    random: Math.random,
    log,
  });
  notifier.start();
  shutdown.add("notifier", () => notifier.stop());
  if (config.NOTIFY_HEARTBEAT_URL !== undefined) {
    const isWell = () => {
      const { state } = writer.status();
      const isFresh = now() - (notifier.lastPassAt() ?? 0) < WELL_MS;
      return isFresh && (state === "leading" || state === "standby");
    };
    const { NOTIFY_HEARTBEAT_URL: url, NOTIFY_ALLOW_PRIVATE: allowPrivate } = config;
    shutdown.add("heartbeat", startHeartbeat({ url, allowPrivate, isWell, log }));
  }
  return notifier;
}

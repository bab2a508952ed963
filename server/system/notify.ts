import type { Context } from "../context.ts";
import type { Channel } from "../notifications/channel.ts";
import { createEmail } from "../notifications/email.ts";
import { startHeartbeat } from "../notifications/heartbeat.ts";
import { Notifier } from "../notifications/notifier.ts";
import { createWebhook } from "../notifications/webhook.ts";
import type { StartOptions } from "./start-options.ts";

/** Passes come every second; this long without one, and the heartbeat stops. */
const WELL_MS = 60_000;

/** Starts carrying notices to the channels that are configured (rule K9). */
export function startNotifying(
  options: StartOptions,
  { pool, writer, now }: Pick<Context, "pool" | "writer" | "now">,
): Notifier {
  const { config, log, shutdown } = options;
  const notifier = new Notifier({ pool, channels: channelsOf(options, now), now, random: Math.random, log });
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

function channelsOf({ config }: StartOptions, now: () => number): Channel[] {
  const channels: Channel[] = [];
  const publicUrl = config.PUBLIC_URL;
  if (config.NOTIFY_WEBHOOK_URL !== undefined && config.NOTIFY_WEBHOOK_SECRET !== undefined) {
    const { NOTIFY_WEBHOOK_URL: url, NOTIFY_WEBHOOK_SECRET: secret } = config;
    channels.push(createWebhook({ url, secret, allowPrivate: config.NOTIFY_ALLOW_PRIVATE, publicUrl, now }));
  }
  if (config.NOTIFY_SMTP_URL && config.NOTIFY_EMAIL_FROM && config.NOTIFY_EMAIL_TO) {
    channels.push(
      createEmail({
        smtpUrl: config.NOTIFY_SMTP_URL,
        from: config.NOTIFY_EMAIL_FROM,
        to: config.NOTIFY_EMAIL_TO,
        language: config.NOTIFY_LANGUAGE,
        publicUrl,
      }),
    );
  }
  return channels;
}

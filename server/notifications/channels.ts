import type { Config } from "../config/config.ts";
import type { Context } from "../context.ts";
import type { Channel, ChannelDefinition } from "./channel.ts";
import { email } from "./email.ts";
import { webhook } from "./webhook.ts";

/** All channels. Who adds one adds its file, a line here and its words (components/pipeline/messages). */
export const CHANNELS: readonly ChannelDefinition[] = [webhook, email];

/** The channels that are configured. */
export const openChannels = (config: Config, now: () => number): Channel[] =>
  CHANNELS.flatMap(({ name, open }) => {
    const settings = config.groups[name];
    const channel = settings && open(settings, config, now);
    return channel ? [channel] : [];
  });

/** Those that are configured at the moment: opened anew when something was set, and not before. */
export function channelsInForce(
  settings: Pick<Context["settings"], "inForce">,
  now: () => number,
): () => Promise<readonly Channel[]> {
  let opened: { readonly by: Config; readonly channels: readonly Channel[] } | null = null;
  return async () => {
    const config = await settings.inForce();
    if (opened?.by !== config) opened = { by: config, channels: openChannels(config, now) };
    return opened.channels;
  };
}

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

/** What is opened by the settings that hold at the moment: anew when something was set, and not before. */
export function openedInForce<T>(
  settings: Pick<Context["settings"], "inForce">,
  open: (config: Config) => T,
): () => Promise<T> {
  let opened: { readonly by: Config; readonly it: T } | null = null;
  return async () => {
    const config = await settings.inForce();
    if (opened?.by !== config) opened = { by: config, it: open(config) };
    return opened.it;
  };
}

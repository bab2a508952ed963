import type { Config } from "../config/config.ts";
import type { Channel, ChannelDefinition } from "./channel.ts";
import { email } from "./email.ts";
import { webhook } from "./webhook.ts";

/** All channels. Who adds one adds its file, a line here and its words (components/pipeline/messages). */
export const CHANNELS: readonly ChannelDefinition[] = [webhook, email];

/** The channels that are configured. */
export const openChannels = (config: Config, now: () => number): Channel[] =>
  CHANNELS.flatMap(({ name, open }) => {
    const settings = config.groups[name];
    return settings ? [open(settings, config, now)] : [];
  });

import type { Config } from "../config/config.ts";
import type { ChannelName } from "../contracts/channels.ts";
import type { Channel, OpenChannel } from "./channel.ts";
import { emailOf } from "./email.ts";
import { webhookOf } from "./webhook.ts";

/** Who adds one adds its name and its words (contracts/channels.ts, components/pipeline/messages), its variables, a file and a line. */
export const CHANNELS: { readonly [C in ChannelName]: OpenChannel } = {
  webhook: webhookOf,
  email: emailOf,
};

/** The channels that are configured. */
export const openChannels = (config: Config, now: () => number): Channel[] =>
  Object.values(CHANNELS).flatMap((open) => open(config, now) ?? []);

import { createLog } from "../lib/log.ts";
import { personalMailer } from "../notifications/email.ts";
import { giveLink } from "../people/give-link.ts";
import type { CommandContext } from "./command.ts";

/** What became of the e-mail with the link. */
const MAILED = {
  none: null,
  sent: "It was mailed as well.",
  failed: "The mail server did not take it: hand it over yourself.",
} as const;

/** Prints a one-time link, and mails it where a mail server is configured, as the web does. */
export async function tellLink(
  { config, print }: Pick<CommandContext, "config" | "print">,
  link: Parameters<typeof giveLink>[2],
): Promise<void> {
  const needs = { config, mailer: personalMailer(config), log: createLog("silent") };
  const { url, mail } = await giveLink(needs, originOf(config), link);
  print(url);
  const mailed = MAILED[mail];
  if (mailed !== null) print(mailed);
}

/** Where browsers reach the system. */
const originOf = ({ PUBLIC_URL, PORT }: CommandContext["config"]): string =>
  PUBLIC_URL === undefined ? `http://localhost:${PORT}` : new URL(PUBLIC_URL).origin;

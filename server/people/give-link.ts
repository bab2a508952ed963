import type { Context } from "../context.ts";
import type { GivenLink } from "../contracts/api/people.ts";
import { linkMail } from "./link-mail.ts";
import { type LinkKind, linkTo } from "./link-token.ts";

/** A link that has just been made, and whom it is for. */
interface FreshLink {
  readonly kind: LinkKind;
  readonly token: string;
  readonly expiresAt: Date;
  readonly name: string;
  readonly email: string;
}

type Needs = Pick<Context, "mailer" | "log"> & {
  readonly config: Pick<Context["config"], "BUSINESS_TIME_ZONE">;
};

/**
 * Tells a link to whoever made it, and mails it where a mail server is configured. Call after the commit: an e-mail that is not taken
 * does not take the link back.
 * @param origin where browsers reach the system
 */
export async function giveLink(
  { mailer, log, config }: Needs,
  origin: string,
  { kind, token, expiresAt, name, email }: FreshLink,
): Promise<GivenLink> {
  const url = linkTo(kind, origin, token);
  const told = { url, expiresAt: expiresAt.toISOString() };
  if (!mailer) return { ...told, mail: "none" };
  const { language } = mailer;
  const zone = config.BUSINESS_TIME_ZONE;
  try {
    await mailer.send(linkMail({ kind, to: email, name, url, expiresAt, language, zone }));
    return { ...told, mail: "sent" };
  } catch (error) {
    log.warn({ err: error, kind }, "a one-time link could not be mailed; it was shown to whoever gave it");
    return { ...told, mail: "failed" };
  }
}

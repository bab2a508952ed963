import { z } from "zod";
import type { Config } from "../config/config.ts";
import { email as address, addressOf, list, oneOf, sender } from "../config/kinds.ts";
import { createMailer, type Mailer } from "../lib/mailer.ts";
import { type Channel, defineChannel } from "./channel.ts";
import { type Language, mailOf } from "./words.ts";

export interface EmailOptions {
  /** smtp:// or smtps://, with user and password where the server asks for them. */
  readonly smtpUrl: string;
  readonly from: string;
  readonly to: readonly string[];
  readonly language: Language;
  /** Under which browsers reach the system, for the link to the case. */
  readonly publicUrl: string | undefined;
  /** In which times are said. */
  readonly zone: string;
}

export const email = defineChannel({
  name: "email",
  settings: {
    NOTIFY_SMTP_URL: addressOf(["smtps", "smtp"]).describe(
      "Mail server for notices, also to single people, invitations and links to a new password, e.g. smtps://user:password@mail.example.com.",
    ),
    NOTIFY_EMAIL_FROM: sender.describe("Sender of those e-mails."),
    NOTIFY_EMAIL_TO: list
      .pipe(z.array(address).min(1, "name at least one receiver, or leave it unset"))
      .optional()
      .describe("Receivers of the notices, separated by commas; unset: notices go by no e-mail."),
    NOTIFY_LANGUAGE: oneOf(["en", "zh"]).default("en").describe("Language of those e-mails."),
  },
  needs: ["NOTIFY_SMTP_URL"],
  example: {
    NOTIFY_SMTP_URL: "smtps://mail.example.com",
    NOTIFY_EMAIL_FROM: "tidewatch@example.com",
    NOTIFY_EMAIL_TO: "managers@example.com",
  },
  open: (settings, { PUBLIC_URL: publicUrl, BUSINESS_TIME_ZONE: zone }) => {
    const { NOTIFY_SMTP_URL: smtpUrl, NOTIFY_EMAIL_FROM: from, NOTIFY_EMAIL_TO: to } = settings;
    return to
      ? createEmail({ smtpUrl, from, to, language: settings.NOTIFY_LANGUAGE, publicUrl, zone })
      : null;
  },
});

/** Sends notices as plain-text e-mail. The delivery key is the Message-ID, so mailboxes can tell a repeat. */
export function createEmail({ smtpUrl, from, to, language, publicUrl, zone }: EmailOptions): Channel {
  const mailer = createMailer({ smtpUrl, from });
  return {
    name: "email",
    send: (notice) => {
      const link = publicUrl === undefined ? null : new URL(`/retention/${notice.caseId}`, publicUrl).href;
      return mailer.send({
        to,
        messageId: `<${notice.key}@tidewatch>`,
        ...mailOf(notice, { language, zone, link }),
      });
    },
  };
}

/** The mail server of the notices, for e-mails to single people; null: none is configured. */
export function personalMailer(config: Pick<Config, "groups">): PersonalMailer | null {
  const settings = settingsOf(config);
  if (!settings) return null;
  const { NOTIFY_SMTP_URL: smtpUrl, NOTIFY_EMAIL_FROM: from, NOTIFY_LANGUAGE: language } = settings;
  return { ...createMailer({ smtpUrl, from }), language };
}

/** Who is told of every alert by e-mail. */
export const alertReceivers = (config: Pick<Config, "groups">): readonly string[] =>
  settingsOf(config)?.NOTIFY_EMAIL_TO ?? [];

const settingsOf = ({ groups }: Pick<Config, "groups">) =>
  groups[email.name] as EmailSettings | null | undefined;

interface EmailSettings {
  readonly NOTIFY_SMTP_URL: string;
  readonly NOTIFY_EMAIL_FROM: string;
  readonly NOTIFY_EMAIL_TO?: readonly string[];
  readonly NOTIFY_LANGUAGE: Language;
}

/** A mail server, and the language in which it is to write. */
export type PersonalMailer = Mailer & { readonly language: Language };

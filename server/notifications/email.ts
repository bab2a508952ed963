import type { createTransport } from "nodemailer";
import { z } from "zod";
import { email as address, addressOf, list, oneOf, sender } from "../config/kinds.ts";
import { type Channel, defineChannel } from "./channel.ts";
import { type Language, mailOf } from "./words.ts";

const TIMEOUT_MS = 10_000;

export interface EmailOptions {
  /** smtp:// or smtps://, with user and password where the server asks for them. */
  readonly smtpUrl: string;
  readonly from: string;
  readonly to: readonly string[];
  readonly language: Language;
  /** Under which browsers reach the system, for the link to the case. */
  readonly publicUrl: string | undefined;
}

export const email = defineChannel({
  name: "email",
  settings: {
    NOTIFY_SMTP_URL: addressOf(["smtps", "smtp"]).describe(
      "Mail server for notices, e.g. smtps://user:password@mail.example.com.",
    ),
    NOTIFY_EMAIL_FROM: sender.describe("Sender of those e-mails."),
    NOTIFY_EMAIL_TO: list
      .pipe(z.array(address).min(1, "name at least one receiver, or leave it unset"))
      .describe("Their receivers, separated by commas."),
    NOTIFY_LANGUAGE: oneOf(["en", "zh"]).default("en").describe("Language of those e-mails."),
  },
  example: {
    NOTIFY_SMTP_URL: "smtps://mail.example.com",
    NOTIFY_EMAIL_FROM: "tidewatch@example.com",
    NOTIFY_EMAIL_TO: "managers@example.com",
  },
  open: (settings, { PUBLIC_URL: publicUrl }) =>
    createEmail({
      smtpUrl: settings.NOTIFY_SMTP_URL,
      from: settings.NOTIFY_EMAIL_FROM,
      to: settings.NOTIFY_EMAIL_TO,
      language: settings.NOTIFY_LANGUAGE,
      publicUrl,
    }),
});

/** Sends notices as plain-text e-mail. The delivery key is the Message-ID, so mailboxes can tell a repeat. */
export function createEmail({ smtpUrl, from, to, language, publicUrl }: EmailOptions): Channel {
  // Loaded with the first notice: every command reads the settings of the channels, and sends nothing.
  let transport: Promise<ReturnType<typeof createTransport>> | null = null;
  const open = async () =>
    (await import("nodemailer")).createTransport({
      url: smtpUrl,
      connectionTimeout: TIMEOUT_MS,
      greetingTimeout: TIMEOUT_MS,
      socketTimeout: TIMEOUT_MS,
      disableFileAccess: true,
      disableUrlAccess: true,
    });
  return {
    name: "email",
    send: async (notice) => {
      const link = publicUrl === undefined ? null : new URL(`/retention/${notice.caseId}`, publicUrl).href;
      const mail = mailOf(notice, language, link);
      try {
        transport ??= open();
        await (await transport).sendMail({
          from,
          to: [...to],
          messageId: `<${notice.key}@tidewatch>`,
          ...mail,
        });
      } catch (error) {
        throw new Error(reasonOf(error as SmtpError));
      }
    },
  };
}

interface SmtpError extends Error {
  readonly code?: string;
  readonly responseCode?: number;
}

/** Servers repeat addresses in their answers: the code alone is told. */
function reasonOf({ code, responseCode }: SmtpError): string {
  return `not taken by the mail server (${[code, responseCode].filter(Boolean).join(" ")})`;
}

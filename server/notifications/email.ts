import { createTransport } from "nodemailer";
import type { Channel, OpenChannel } from "./channel.ts";
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

/** NOTIFY_SMTP_URL, with sender and receivers. */
export const emailOf: OpenChannel = (config) => {
  const { NOTIFY_SMTP_URL: smtpUrl, NOTIFY_EMAIL_FROM: from, NOTIFY_EMAIL_TO: to } = config;
  if (!smtpUrl || !from || !to) return null;
  return createEmail({ smtpUrl, from, to, language: config.NOTIFY_LANGUAGE, publicUrl: config.PUBLIC_URL });
};

/** Sends notices as plain-text e-mail. The delivery key is the Message-ID, so mailboxes can tell a repeat. */
export function createEmail({ smtpUrl, from, to, language, publicUrl }: EmailOptions): Channel {
  const transport = createTransport({
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
        await transport.sendMail({ from, to: [...to], messageId: `<${notice.key}@tidewatch>`, ...mail });
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

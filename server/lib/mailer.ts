import type { createTransport } from "nodemailer";

const TIMEOUT_MS = 10_000;

/** A plain-text e-mail. */
export interface Email {
  readonly to: readonly string[];
  readonly subject: string;
  readonly text: string;
  /** Without it the transport makes one. */
  readonly messageId?: string;
}

/** A mail server that takes e-mails over. */
export interface Mailer {
  /** Resolves when the server has taken it. @throws {Error} it has not: the reason, without any address */
  send(email: Email): Promise<void>;
}

/** @param smtpUrl smtp:// or smtps://, with user and password where the server asks for them */
export function createMailer({ smtpUrl, from }: { readonly smtpUrl: string; readonly from: string }): Mailer {
  // Loaded with the first e-mail: every command reads the settings, and sends nothing.
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
    send: async ({ to, ...email }) => {
      try {
        transport ??= open();
        await (await transport).sendMail({ from, to: [...to], ...email });
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

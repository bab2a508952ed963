import type { Locale } from "../contracts/locale.ts";
import { mailMoment } from "../lib/mail-moment.ts";
import type { Email } from "../lib/mailer.ts";
import type { LinkKind } from "./link-token.ts";

/** A one-time link on its way to whom it is for. */
interface LinkMail {
  readonly kind: LinkKind;
  readonly to: string;
  readonly name: string;
  readonly url: string;
  readonly expiresAt: Date;
  readonly language: Locale;
  /** In which the end is said. */
  readonly zone: string;
}

const WORDS: Readonly<Record<Locale, Record<LinkKind, { readonly subject: string; readonly lead: string }>>> =
  {
    en: {
      invitation: {
        subject: "Your invitation to Tidewatch",
        lead: "You are invited to Tidewatch. Open this link, once, and choose a password:",
      },
      reset: {
        subject: "Choose another password for Tidewatch",
        lead: "An administrator gave you this link, by which you choose another password, once:",
      },
    },
    zh: {
      invitation: {
        subject: "Tidewatch 邀请",
        lead: "邀请您使用 Tidewatch。请打开以下一次性链接并设置密码：",
      },
      reset: {
        subject: "重新设置 Tidewatch 密码",
        lead: "管理员为您生成了一次性链接，请打开并重新设置密码：",
      },
    },
  };

/** A one-time link as an e-mail says it. */
export function linkMail({ kind, to, name, url, expiresAt, language, zone }: LinkMail): Email {
  const { subject, lead } = WORDS[language][kind];
  const end = mailMoment(expiresAt, language, zone);
  const lines =
    language === "zh"
      ? [
          `${name}，您好：`,
          "",
          lead,
          "",
          url,
          "",
          `链接有效期至 ${end}（${zone}）。如非您所期待，请忽略此邮件。`,
        ]
      : [
          `${name},`,
          "",
          lead,
          "",
          url,
          "",
          `It works until ${end} (${zone}). If you did not expect it, leave it alone.`,
        ];
  return { to: [to], subject, text: `${lines.join("\n")}\n` };
}

import type pg from "pg";
import type { PrismaClient } from "#prisma/client/client.ts";
import type { Config } from "../config/config.ts";
import type { Locale } from "../contracts/locale.ts";
import { TOLD_KIND_OF, type ToldChoices, type ToldKind } from "../contracts/told.ts";
import { actMail } from "./act-words.ts";
import type { AnyNotice } from "./channel.ts";
import { alertReceivers, type PersonalMailer, personalMailer } from "./email.ts";
import { isTold } from "./is-told.ts";
import { readNoticeFacts } from "./notice-facts.ts";
import { type Mail, mailOf } from "./words.ts";

/** What deliveries to single people have in place of a channel's name. It stands in the database: never renamed. */
export const PERSONAL = "personal";

/** The way to single people: each is told what they chose, while they may know it. */
export interface PersonalMail {
  /**
   * Resolves when the mail server has taken it.
   * @returns false: as things stand now, the person is not told it
   * @throws {Error} it was not taken: the reason, without any address
   */
  send(personId: string, notice: AnyNotice): Promise<boolean>;
}

export interface PersonalMailNeeds {
  readonly db: Pick<PrismaClient, "user">;
  readonly pool: Pick<pg.Pool, "query">;
}

interface Options {
  readonly mailer: PersonalMailer;
  /** Who is told of every alert as it is. */
  readonly listed: readonly string[];
  readonly publicUrl: string | undefined;
  readonly zone: string;
}

/** null: no mail server is configured. */
export function openPersonalMail(needs: PersonalMailNeeds, config: Config): PersonalMail | null {
  const mailer = personalMailer(config);
  if (!mailer) return null;
  const { PUBLIC_URL: publicUrl, BUSINESS_TIME_ZONE: zone } = config;
  return createPersonalMail(needs, { mailer, listed: alertReceivers(config), publicUrl, zone });
}

/** Sends notices to single people as plain-text e-mail. */
export function createPersonalMail({ db, pool }: PersonalMailNeeds, options: Options): PersonalMail {
  const { mailer, listed, publicUrl, zone } = options;
  const { language } = mailer;
  return {
    send: async (personId, notice) => {
      const person = await db.user.findUnique({ where: { id: personId } });
      if (!person) return false;
      const facts = await readNoticeFacts(pool, notice);
      const receiver = { ...person, told: person.told as ToldChoices };
      if (!isTold(receiver, { notice, listed, ...facts })) return false;
      const link = publicUrl === undefined ? null : new URL(pageOf(notice), publicUrl).href;
      const mail =
        "actor" in notice
          ? actMail(notice, facts, { language, zone, link, personId })
          : withWayOut(mailOf(notice, { language, zone, link }), language, publicUrl);
      await mailer.send({
        to: [person.email],
        messageId: `<${notice.key}.${personId}@tidewatch>`,
        ...mail,
      });
      return true;
    },
  };
}

/** Whoever chose to be told may choose otherwise. */
function withWayOut(mail: Mail, language: Locale, publicUrl: string | undefined): Mail {
  const page = publicUrl === undefined ? "" : ` ${new URL("/me", publicUrl).href}`;
  const words =
    language === "zh"
      ? `您在个人页面中选择了接收此类通知，可随时更改。${page}`
      : `You chose to be told of this on your own page, and may choose otherwise there.${page}`;
  return { ...mail, text: `${mail.text}\n${words}\n` };
}

const PAGES: Readonly<Record<ToldKind, (notice: AnyNotice) => string>> = {
  alert: ({ caseId }) => `/retention/${caseId}`,
  taken_over: ({ caseId }) => `/retention/${caseId}`,
  proposal: () => "/admin/settings",
  sign_in: () => "/me",
};

/** Where what is told is looked at. */
const pageOf = (notice: AnyNotice): string => PAGES[TOLD_KIND_OF[notice.kind]](notice);

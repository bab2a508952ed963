import { mailMoment } from "../lib/mail-moment.ts";
import type { Notice } from "./channel.ts";

export type Language = "en" | "zh";

/** An e-mail without its receivers. */
export interface Mail {
  readonly subject: string;
  readonly text: string;
}

const KINDS: Readonly<Record<Language, Record<Notice["kind"], string>>> = {
  en: { opened: "New case", regressed: "Case is back", escalated: "Case got worse" },
  zh: { opened: "新客户待跟进", regressed: "客户再次减保", escalated: "减保加剧" },
};
const RULES: Readonly<Record<Language, Record<Notice["rules"][number], string>>> = {
  en: { step: "step", cumulative: "cumulative" },
  zh: { step: "单次", cumulative: "累计" },
};

/** How an e-mail of an alert is written. */
export interface AlertTelling {
  readonly language: Language;
  /** In which times are said. */
  readonly zone: string;
  /** To the case; null: it is not known where browsers reach the system. */
  readonly link: string | null;
}

/** A notice as an e-mail says it. */
export function mailOf(notice: Notice, { language, zone, link }: AlertTelling): Mail {
  const money = (text: string) => grouped(text, language);
  const [before, now] = [money(notice.baselineBefore), money(notice.amountNow)];
  const [atRisk, anchor] = [money(notice.premiumAtRisk), money(notice.anchor)];
  const time = `${mailMoment(new Date(notice.eventTime), language, zone)} (${zone})`;
  const kind = KINDS[language][notice.kind];
  const rules = notice.rules.map((rule) => RULES[language][rule]).join(" + ");
  const lines =
    language === "zh"
      ? [
          `客户 ${notice.userId} 的保额从 ${before} 元变为 ${now} 元。`,
          `流失保费：${atRisk} 元（自 ${anchor} 元起算）`,
          `规则：${rules}（第 ${notice.ruleVersion} 版）`,
          `发生时间：${time}`,
        ]
      : [
          `The insured amount of customer ${notice.userId} went from CNY ${before} to CNY ${now}.`,
          `Premium at risk: CNY ${atRisk}, counted from ${anchor}`,
          `Rule: ${rules}, version ${notice.ruleVersion}`,
          `Time: ${time}`,
        ];
  if (link !== null) lines.push("", link);
  const customer = language === "zh" ? `客户 ${notice.userId}` : `customer ${notice.userId}`;
  const risk = language === "zh" ? `流失保费 ${atRisk} 元` : `CNY ${atRisk} at risk`;
  return { subject: `${kind}: ${customer}, ${risk}`, text: `${lines.join("\n")}\n` };
}

/** 1234567.80 → 1,234,567.80, exact: no number is made of it. */
const grouped = (amount: string, language: Language): string =>
  new Intl.NumberFormat(language, { minimumFractionDigits: 2 }).format(amount as unknown as bigint);

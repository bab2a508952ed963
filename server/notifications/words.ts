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

/** A notice as an e-mail says it. */
export function mailOf(notice: Notice, language: Language, link: string | null): Mail {
  const kind = KINDS[language][notice.kind];
  const rules = notice.rules.map((rule) => RULES[language][rule]).join(" + ");
  const lines =
    language === "zh"
      ? [
          `客户 ${notice.userId} 的保额从 ${notice.baselineBefore} 元变为 ${notice.amountNow} 元。`,
          `流失保费：${notice.premiumAtRisk} 元（自 ${notice.anchor} 元起算）`,
          `规则：${rules}（第 ${notice.ruleVersion} 版）`,
          `发生时间：${notice.eventTime}`,
        ]
      : [
          `The insured amount of customer ${notice.userId} went from CNY ${notice.baselineBefore} to CNY ${notice.amountNow}.`,
          `Premium at risk: CNY ${notice.premiumAtRisk}, counted from ${notice.anchor}`,
          `Rule: ${rules}, version ${notice.ruleVersion}`,
          `Time: ${notice.eventTime}`,
        ];
  if (link !== null) lines.push("", link);
  const customer = language === "zh" ? `客户 ${notice.userId}` : `customer ${notice.userId}`;
  const risk =
    language === "zh" ? `流失保费 ${notice.premiumAtRisk} 元` : `CNY ${notice.premiumAtRisk} at risk`;
  return { subject: `${kind}: ${customer}, ${risk}`, text: `${lines.join("\n")}\n` };
}

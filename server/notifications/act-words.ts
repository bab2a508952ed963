import type { ProposableAct } from "../contracts/four-eyes.ts";
import type { Locale } from "../contracts/locale.ts";
import { TOLD_KIND_OF, type ToldAct } from "../contracts/told.ts";
import { mailMoment } from "../lib/mail-moment.ts";
import type { ActNotice } from "./channel.ts";
import type { NoticeFacts } from "./notice-facts.ts";
import type { Mail } from "./words.ts";

/** What the sentences are made with. */
interface Named {
  readonly by: string;
  /** The customer's number. */
  readonly customer: string;
  /** What was proposed. */
  readonly what: string;
}
type Words = readonly [subject: string, sentence: (named: Named) => string];

const WORDS: Readonly<Record<Locale, Readonly<Record<ToldAct, Words>>>> = {
  en: {
    "retention.takenOver": [
      "Your case was taken over",
      ({ by, customer }) => `${by} took over your case of customer ${customer}.`,
    ],
    "retention.closed": [
      "Your case was closed",
      ({ by, customer }) => `${by} closed your case of customer ${customer}.`,
    ],
    "proposal.make": [
      "A proposal waits for you",
      ({ by, what }) => `${by} proposed ${what}. Another administrator confirms or refuses it.`,
    ],
    "proposal.confirm": [
      "Your proposal was confirmed",
      ({ by, what }) => `${by} confirmed what you proposed: ${what}.`,
    ],
    "proposal.refuse": [
      "Your proposal was refused",
      ({ by, what }) => `${by} refused what you proposed: ${what}.`,
    ],
    "session.sign-in": [
      "Signed in from a new browser",
      () => "Your account was signed in from a browser that it had not been used in before.",
    ],
    "person.change-password": ["Your password was changed", () => "Your password was changed."],
    "person.reset": [
      "Your password counts no more",
      ({ by }) => `${by} gave a link by which you choose another password; the one of before counts no more.`,
    ],
    "person.reset-password": [
      "Your password was replaced",
      ({ by }) => `Your password was replaced by ${by}.`,
    ],
    "person.join": [
      "Another way into your account",
      ({ by }) => `Your account was joined to a sign-in provider by ${by}.`,
    ],
    "second-factor.enrol": ["A second factor was set up", () => "Your account has a second factor now."],
    "second-factor.remove": [
      "Your second factor was removed",
      () => "Your account has no second factor any more.",
    ],
    "second-factor.codes-renewed": [
      "New recovery codes were made",
      () => "Your account has new recovery codes; those of before are good for nothing any more.",
    ],
    "second-factor.recovery-used": [
      "A recovery code was used",
      () => "Your account was signed in with a recovery code in place of a code of the app.",
    ],
    "person.choose-told": [
      "You are told of your account no more",
      () =>
        "E-mails of new browsers, of your password and of your second factor were turned off on your own page.",
    ],
    "second-factor.reset": [
      "Your second factor was taken away",
      ({ by }) => `${by} took the second factor of your account away.`,
    ],
  },
  zh: {
    "retention.takenOver": [
      "您的跟进已被接手",
      ({ by, customer }) => `${by} 接手了您跟进的客户 ${customer}。`,
    ],
    "retention.closed": [
      "您的跟进已被关闭",
      ({ by, customer }) => `${by} 关闭了您对客户 ${customer} 的跟进。`,
    ],
    "proposal.make": [
      "有操作等待您确认",
      ({ by, what }) => `${by} 提交了操作：${what}。需由另一位管理员确认或拒绝。`,
    ],
    "proposal.confirm": ["您提交的操作已确认", ({ by, what }) => `${by} 确认了您提交的操作：${what}。`],
    "proposal.refuse": ["您提交的操作被拒绝", ({ by, what }) => `${by} 拒绝了您提交的操作：${what}。`],
    "session.sign-in": ["从新的浏览器登录", () => "您的账户在一个此前未使用过的浏览器中登录。"],
    "person.change-password": ["密码已修改", () => "您的密码已修改。"],
    "person.reset": ["原密码已失效", ({ by }) => `${by} 为您生成了重新设置密码的链接，原密码已失效。`],
    "person.reset-password": ["密码已重置", ({ by }) => `您的密码已由 ${by} 重置。`],
    "person.join": ["账户新增登录方式", ({ by }) => `${by} 已将您的账户与登录提供方关联。`],
    "second-factor.enrol": ["已设置两步验证", () => "您的账户已启用两步验证。"],
    "second-factor.remove": ["两步验证已移除", () => "您的账户不再使用两步验证。"],
    "second-factor.codes-renewed": [
      "已生成新的恢复码",
      () => "您的账户已生成新的恢复码，原有的恢复码已失效。",
    ],
    "second-factor.recovery-used": ["恢复码已使用", () => "您的账户使用恢复码代替验证码登录。"],
    "person.choose-told": [
      "账户通知已关闭",
      () => "已在个人页面中关闭关于新浏览器登录、密码和两步验证的邮件通知。",
    ],
    "second-factor.reset": ["两步验证已被取消", ({ by }) => `${by} 取消了您账户的两步验证。`],
  },
};

const ACTS: Readonly<Record<Locale, Readonly<Record<ProposableAct, string>>>> = {
  en: {
    thresholds: "other thresholds",
    list: "an import of the key-user list",
    roles: "another role for somebody",
    settings: "other settings",
  },
  zh: { thresholds: "修改告警阈值", list: "导入重点客户名单", roles: "更改人员角色", settings: "修改设置" },
};

const LINES = {
  en: {
    time: "Time",
    from: "From",
    notYou: "If this was not you, choose another password and tell an administrator.",
  },
  zh: { time: "时间", from: "地址", notYou: "如非您本人操作，请立即修改密码并告知管理员。" },
} as const;

interface Telling {
  readonly language: Locale;
  /** In which times are said. */
  readonly zone: string;
  /** Where it is looked at; null: it is not known where browsers reach the system. */
  readonly link: string | null;
  /** To whom. */
  readonly personId: string;
}

/** What somebody did, as an e-mail says it to one person. */
export function actMail(notice: ActNotice, facts: NoticeFacts, telling: Telling): Mail {
  const { language, zone, link, personId } = telling;
  const [subject, sentence] = WORDS[language][notice.kind];
  const { time, from, notYou } = LINES[language];
  const what = facts.act === null ? "–" : ACTS[language][facts.act];
  const isOfAccount = TOLD_KIND_OF[notice.kind] === "sign_in";
  // From where an administrator works is nobody else's business.
  const address = isOfAccount && notice.actor === personId ? notice.address : null;
  const lines = [
    sentence({ by: facts.by, customer: facts.userId ?? "–", what }),
    `${time}${COLON[language]}${mailMoment(new Date(notice.createdAt), language, zone)} (${zone})`,
    ...(address === null ? [] : [`${from}${COLON[language]}${address}`]),
    ...(isOfAccount ? ["", notYou] : []),
    ...(link === null ? [] : ["", link]),
  ];
  return { subject: `Tidewatch${COLON[language]}${subject}`, text: `${lines.join("\n")}\n` };
}

const COLON: Readonly<Record<Locale, string>> = { en: ": ", zh: "：" };

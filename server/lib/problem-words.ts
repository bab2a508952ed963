import { chooseLocale, LOCALE_COOKIE, type Locale } from "../contracts/locale.ts";
import { PROBLEMS_IN_CHINESE } from "./problem-words-zh.ts";

/** Longer texts are somebody's data, not words of ours. */
const LONGEST = 2_000;

const PATTERNS = PROBLEMS_IN_CHINESE.map(([english, chinese]) => ({
  pattern: new RegExp(
    `^${english.replace(/[.*+?^$()|[\]\\]/g, "\\$&").replace(/\{(\w+)\}/g, "(?<$1>.*)")}$`,
    "s",
  ),
  chinese,
}));

/** What is said to a person in their language; what has no words in it stays English. */
export function inLanguage(text: string, locale: Locale): string {
  if (locale === "en" || text.length > LONGEST) return text;
  for (const { pattern, chinese } of PATTERNS) {
    const found = pattern.exec(text);
    if (found) {
      return chinese.replace(/\{(\w+)\}/g, (_, name) => inLanguage(found.groups?.[name] ?? "", locale));
    }
  }
  return text;
}

/** Whether these words exist in every language. */
export const hasWords = (text: string): boolean => PATTERNS.some(({ pattern }) => pattern.test(text));

/** The language of who asks: that of the screens, else the one that their program prefers. */
export function localeOf(headers: Pick<Headers, "get">): Locale {
  const cookies = (headers.get("cookie") ?? "").split(";").map((pair) => pair.trim().split("="));
  const chosen = cookies.find(([name]) => name === LOCALE_COOKIE)?.[1];
  return chooseLocale(chosen, headers.get("accept-language"));
}

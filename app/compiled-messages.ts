import compile from "icu-minify/compile";
import { MESSAGES, type Messages } from "../components/i18n/messages.ts";
import type { Locale } from "../server/contracts/locale.ts";

/** The words as the formatter of next.config.js reads them: parsed here, so that no browser carries the parser. */
const COMPILED: Readonly<Record<Locale, Messages>> = {
  en: plain(compiled(MESSAGES.en)),
  zh: plain(compiled(MESSAGES.zh)),
};

export const compiledMessages = (locale: Locale): Messages => COMPILED[locale];

/** Same tree, other leaves: the tree is what the keys are typed by. */
function compiled<T extends object>(words: T): T {
  const entries = Object.entries(words).map(([key, value]: [string, string | object]) => [
    key,
    typeof value === "string" ? compile(value) : compiled(value),
  ]);
  return Object.fromEntries(entries) as T;
}

/** The compiler makes objects without a prototype, which no page may be handed. */
function plain<T>(tree: T): T {
  return JSON.parse(JSON.stringify(tree)) as T;
}

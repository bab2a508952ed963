import type { Metadata } from "next";
import { cookies, headers } from "next/headers";
import { MESSAGES } from "../components/i18n/messages.ts";
import { chooseLocale, LOCALE_COOKIE } from "../server/contracts/locale.ts";

/** Names a page in the browser's tab, in the reader's language. */
export function titled(nameOf: (messages: (typeof MESSAGES)["en"]) => string): () => Promise<Metadata> {
  return async () => {
    const [cookieStore, headerList] = await Promise.all([cookies(), headers()]);
    const locale = chooseLocale(cookieStore.get(LOCALE_COOKIE)?.value, headerList.get("accept-language"));
    return { title: nameOf(MESSAGES[locale]) };
  };
}

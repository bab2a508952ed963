import { LOCALE_COOKIE, type Locale } from "../i18n/locale.ts";

const YEAR_SECONDS = 365 * 86_400;

/** Remembers the language and shows the page in it. */
export function chooseLanguage(locale: Locale): void {
  // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is not in every browser that we support
  document.cookie = `${LOCALE_COOKIE}=${locale}; path=/; max-age=${YEAR_SECONDS}; samesite=lax`;
  window.location.reload();
}

/** Languages of the screens; the choice lives in a cookie, so links stay the same. */
export const LOCALES = ["en", "zh"] as const;
export type Locale = (typeof LOCALES)[number];
export const LOCALE_COOKIE = "locale";

/** BCP 47 tag for the html element and for Intl. */
export const LANGUAGE_TAG: Readonly<Record<Locale, string>> = { en: "en", zh: "zh-CN" };

/** Each language in its own words. */
export const LANGUAGE_NAME: Readonly<Record<Locale, string>> = { en: "English", zh: "简体中文" };

export function isLocale(value: unknown): value is Locale {
  return (LOCALES as readonly unknown[]).includes(value);
}

/** The cookie's choice, else the first language of Accept-Language that we have, else English. */
export function chooseLocale(cookie: string | undefined, acceptLanguage: string | null): Locale {
  if (isLocale(cookie)) return cookie;
  const wanted = (acceptLanguage ?? "").split(",").map((part) => part.trim().slice(0, 2).toLowerCase());
  return wanted.find(isLocale) ?? "en";
}

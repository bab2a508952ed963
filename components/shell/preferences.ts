import type { MantineColorScheme, MantineColorSchemeManager } from "@mantine/core";
import { LOCALE_COOKIE, type Locale } from "#server/contracts/locale.ts";

/** Light, dark, or as the reader's system has it. */
export type Scheme = MantineColorScheme;
/** Holds the theme, so that the server's page has its colours from the first paint on. */
export const SCHEME_COOKIE = "scheme";
export const SCHEMES = ["light", "dark", "auto"] as const satisfies readonly Scheme[];

const YEAR_SECONDS = 365 * 86_400;

/** Remembers the language and shows the page in it. */
export function chooseLanguage(locale: Locale): void {
  remember(LOCALE_COOKIE, locale);
  window.location.reload();
}

/** The cookie's choice, else the system's. */
export function chooseScheme(cookie: string | undefined): Scheme {
  return SCHEMES.find((scheme) => scheme === cookie) ?? "auto";
}

/** Where Mantine keeps the theme. `first`: what the page was rendered with. */
export function schemeCookie(first: Scheme): MantineColorSchemeManager {
  let chosen = first;
  return {
    get: () => chosen,
    set: (scheme) => {
      chosen = scheme;
      remember(SCHEME_COOKIE, scheme);
    },
    subscribe: () => undefined, // a cookie does not tell of its changes
    unsubscribe: () => undefined,
    clear: () => {
      chosen = "auto";
      remember(SCHEME_COOKIE, chosen);
    },
  };
}

/** Keeps a choice in this browser; the server's pages know it from their first paint on. */
export function remember(name: string, value: string): void {
  // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is not in every browser that we support
  document.cookie = `${name}=${value}; path=/; max-age=${YEAR_SECONDS}; samesite=lax`;
}

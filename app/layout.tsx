import "@mantine/core/styles.css";
import "@mantine/dates/styles.css";
import "@mantine/notifications/styles.css";
import "@mantine/spotlight/styles.css";
import "../components/ui/tokens.css";
import { ColorSchemeScript, mantineHtmlProps } from "@mantine/core";
import type { Metadata, Viewport } from "next";
import localFont from "next/font/local";
import { cookies, headers } from "next/headers";
import type { ReactNode } from "react";
import { chooseScheme, SCHEME_COOKIE } from "../components/shell/preferences.ts";
import { Providers } from "../components/shell/providers.tsx";
import { context } from "../server/context.ts";
import { chooseLocale, LANGUAGE_TAG, LOCALE_COOKIE } from "../server/contracts/locale.ts";
import { compiledMessages } from "./compiled-messages.ts";

// Preloaded, and never swapped in late: words that change their width would push others aside.
const inter = localFont({
  src: "../node_modules/@fontsource-variable/inter/files/inter-latin-wght-normal.woff2",
  weight: "100 900",
  display: "optional",
  variable: "--tw-inter",
});

/** Stands behind all that a page shows, before the data that its scripts read. */
const END = "end-of-page";

export const metadata: Metadata = { title: { default: "Tidewatch", template: "%s · Tidewatch" } };
export const viewport: Viewport = {
  width: "device-width",
  initialScale: 1,
  themeColor: [
    { media: "(prefers-color-scheme: light)", color: "#f6f7f8" },
    { media: "(prefers-color-scheme: dark)", color: "#0b1014" },
  ],
};

export default async function RootLayout({ children }: { readonly children: ReactNode }) {
  const [cookieStore, headerList] = await Promise.all([cookies(), headers()]);
  const locale = chooseLocale(cookieStore.get(LOCALE_COOKIE)?.value, headerList.get("accept-language"));
  const scheme = chooseScheme(cookieStore.get(SCHEME_COOKIE)?.value);
  const nonce = headerList.get("x-nonce") ?? undefined;
  return (
    <html
      lang={LANGUAGE_TAG[locale]}
      className={inter.variable}
      {...mantineHtmlProps}
      {...(scheme === "auto" ? {} : { "data-mantine-color-scheme": scheme })}
    >
      <head>
        {/* A document that comes in pieces is painted once it is whole: half of it would move when the rest arrives. */}
        <link rel="expect" href={`#${END}`} blocking="render" />
        {/* Only the system's own choice has to be asked for. A browser hides the nonce from scripts, so what hydrates never equals what was sent. */}
        {scheme === "auto" ? (
          <ColorSchemeScript
            defaultColorScheme="auto"
            localStorageKey={SCHEME_COOKIE}
            suppressHydrationWarning
            {...(nonce ? { nonce } : {})}
          />
        ) : null}
      </head>
      <body>
        <Providers
          locale={locale}
          messages={compiledMessages(locale)}
          zone={context().config.BUSINESS_TIME_ZONE}
          scheme={scheme}
        >
          {children}
          <div id={END} hidden />
        </Providers>
      </body>
    </html>
  );
}

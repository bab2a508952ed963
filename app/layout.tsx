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
import { chooseLocale, LANGUAGE_TAG, LOCALE_COOKIE } from "../components/i18n/locale.ts";
import { Providers } from "../components/shell/providers.tsx";
import { runtime } from "../server/runtime.ts";

// Preloaded, and never swapped in late: words that change their width would push others aside.
const inter = localFont({
  src: "../node_modules/@fontsource-variable/inter/files/inter-latin-wght-normal.woff2",
  weight: "100 900",
  display: "optional",
  variable: "--tw-inter",
});

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
  const nonce = headerList.get("x-nonce") ?? undefined;
  return (
    <html lang={LANGUAGE_TAG[locale]} className={inter.variable} {...mantineHtmlProps}>
      <head>
        {/* A browser hides the nonce from scripts, so what hydrates never equals what was sent. */}
        <ColorSchemeScript defaultColorScheme="auto" suppressHydrationWarning {...(nonce ? { nonce } : {})} />
      </head>
      <body>
        <Providers locale={locale} zone={runtime().config.BUSINESS_TIME_ZONE}>
          {children}
        </Providers>
      </body>
    </html>
  );
}

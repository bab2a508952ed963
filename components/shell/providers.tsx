"use client";
import { MantineProvider } from "@mantine/core";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { NuqsAdapter } from "nuqs/adapters/next/app";
import { type ReactNode, useState } from "react";
import { IntlProvider } from "use-intl";
import type { Locale } from "#server/contracts/locale.ts";
import type { Messages } from "../i18n/messages.ts";
import { isFinal } from "../ui/fetch-json.ts";
import { KeysProvider } from "../ui/keys.tsx";
import { onDemand } from "../ui/on-demand.tsx";
import { resolver, theme } from "../ui/theme.ts";
import { FieldWords } from "./field-words.tsx";
import { type Scheme, schemeCookie } from "./preferences.ts";
import styles from "./providers.module.css";

export interface ProvidersProps {
  readonly locale: Locale;
  /** The words of that language; the server sends them with the page, so no script carries the other language. */
  readonly messages: Messages;
  readonly scheme: Scheme;
  readonly zone: string;
  readonly children: ReactNode;
}

const Notifications = onDemand(() => import("@mantine/notifications").then((module) => module.Notifications));

const RETRIES = 2;
const retry = (failures: number, error: Error): boolean => failures < RETRIES && !isFinal(error);
/**
 * Whether there is a network is found out by asking: what waited for one would say nothing, and be done behind a person's back once
 * there is.
 */
const DEFAULTS = {
  queries: { staleTime: 30_000, retry, networkMode: "always" },
  mutations: { networkMode: "always" },
} as const;

/** Language, look, query cache and URL state, for every page. */
export function Providers({ locale, messages, zone, scheme, children }: ProvidersProps) {
  const [client] = useState(() => new QueryClient({ defaultOptions: DEFAULTS }));
  const [schemes] = useState(() => schemeCookie(scheme));
  return (
    <IntlProvider locale={locale} messages={messages} timeZone={zone}>
      <QueryClientProvider client={client}>
        <MantineProvider
          theme={theme}
          cssVariablesResolver={resolver}
          defaultColorScheme={scheme}
          colorSchemeManager={schemes}
        >
          <FieldWords />
          <NuqsAdapter>
            <KeysProvider>{children}</KeysProvider>
          </NuqsAdapter>
          <Notifications position="bottom-left" classNames={{ root: styles.notices ?? "" }} />
        </MantineProvider>
      </QueryClientProvider>
    </IntlProvider>
  );
}

"use client";
import { type MantineColorScheme, MantineProvider } from "@mantine/core";
import { ModalsProvider } from "@mantine/modals";
import { Notifications } from "@mantine/notifications";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { NuqsAdapter } from "nuqs/adapters/next/app";
import { type ReactNode, useState } from "react";
import { IntlProvider } from "use-intl";
import type { Locale } from "../i18n/locale.ts";
import { MESSAGES } from "../i18n/messages.ts";
import { KeysProvider } from "../ui/keys.tsx";
import { resolver, theme } from "../ui/theme.ts";

export interface ProvidersProps {
  readonly locale: Locale;
  readonly zone: string;
  readonly children: ReactNode;
}

const SCHEME: MantineColorScheme = "auto";

/** Language, look, query cache and URL state, for every page. */
export function Providers({ locale, zone, children }: ProvidersProps) {
  const [client] = useState(
    () => new QueryClient({ defaultOptions: { queries: { staleTime: 30_000, retry: 2 } } }),
  );
  return (
    <IntlProvider locale={locale} messages={MESSAGES[locale]} timeZone={zone}>
      <QueryClientProvider client={client}>
        <MantineProvider theme={theme} cssVariablesResolver={resolver} defaultColorScheme={SCHEME}>
          <ModalsProvider>
            <Notifications position="bottom-right" />
            <NuqsAdapter>
              <KeysProvider>{children}</KeysProvider>
            </NuqsAdapter>
          </ModalsProvider>
        </MantineProvider>
      </QueryClientProvider>
    </IntlProvider>
  );
}

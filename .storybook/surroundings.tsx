import { MantineProvider } from "@mantine/core";
import { Notifications } from "@mantine/notifications";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { NuqsTestingAdapter } from "nuqs/adapters/testing";
import { type ReactNode, useEffect, useState } from "react";
import { IntlProvider } from "use-intl";
import { MESSAGES } from "#components/i18n/messages.ts";
import { LiveProvider, useLiveClient } from "#components/live/live-provider.tsx";
import { SessionProvider } from "#components/shell/session.tsx";
import { KeysProvider } from "#components/ui/keys.tsx";
import { resolver, theme } from "#components/ui/theme.ts";
import { LANGUAGE_TAG, type Locale } from "#server/contracts/locale.ts";
import { fetchOf } from "#testing/gallery/answers.ts";
import { aSession } from "#testing/gallery/factories/session.ts";
import { chooseLine } from "#testing/gallery/line.ts";
import type { Setting } from "#testing/gallery/setting.ts";

interface SurroundingsProps extends Setting {
  readonly locale: Locale;
  readonly scheme: "light" | "dark";
  readonly children: ReactNode;
}

/** Everything that stands above a component on a page, and no server. */
export function Surroundings(props: SurroundingsProps) {
  const { locale, scheme, answers = {}, session = aSession(), line = "live", search = "" } = props;
  const [client] = useState(() => {
    window.fetch = fetchOf(answers);
    chooseLine(line);
    return new QueryClient({ defaultOptions: { queries: { staleTime: 30_000, retry: false } } });
  });
  useEffect(() => {
    document.documentElement.lang = LANGUAGE_TAG[locale];
  }, [locale]);
  return (
    <IntlProvider locale={locale} messages={MESSAGES[locale]} timeZone={session.zone}>
      <QueryClientProvider client={client}>
        <MantineProvider theme={theme} cssVariablesResolver={resolver} forceColorScheme={scheme}>
          <NuqsTestingAdapter searchParams={search} hasMemory>
            <KeysProvider>
              <SessionProvider session={session}>
                <LiveProvider renderedAt={Date.now()}>
                  {props.isPaused ? <Paused /> : null}
                  {props.children}
                </LiveProvider>
              </SessionProvider>
            </KeysProvider>
          </NuqsTestingAdapter>
          <Notifications position="bottom-right" />
        </MantineProvider>
      </QueryClientProvider>
    </IntlProvider>
  );
}

function Paused() {
  const live = useLiveClient();
  useEffect(() => live.pause(), [live]);
  return null;
}

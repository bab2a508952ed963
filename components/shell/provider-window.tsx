"use client";
import { Button } from "@mantine/core";
import { useState } from "react";
import { useTranslations } from "use-intl";
import type { OfferedProvider } from "#server/contracts/single-sign-on.ts";
import styles from "./card-page.module.css";
import { beginSingleSignOn, type SingleSignOnFailure } from "./sign-in.ts";
import { SIGNED_IN_PATH } from "./signed-in-channel.ts";
import { useProviderInSentence } from "./use-provider-name.ts";

/** Large enough for the pages of providers, with their QR codes. */
const SIZE = "popup,width=560,height=760";

interface ProviderWindowProps {
  readonly providers: readonly OfferedProvider[];
  readonly disabled: boolean;
  /** Further attributes of everything that can have the focus. */
  readonly attributes?: object;
  /** A window is open in which they sign in. */
  readonly onOpened: () => void;
}

/** The ways to the providers in a window of their own: this page stays as it is. */
export function ProviderWindow({ providers, disabled, attributes, onOpened }: ProviderWindowProps) {
  const t = useTranslations("shell");
  const nameOf = useProviderInSentence();
  const [told, setTold] = useState<{
    readonly what: SingleSignOnFailure | "blocked" | "waiting";
    readonly name: string;
  } | null>(null);
  const begin = async (provider: OfferedProvider) => {
    const name = nameOf(provider);
    // At once: browsers open windows for a press alone, and not for what comes after an answer.
    const opened = window.open("about:blank", "tidewatch-sign-in", SIZE);
    if (!opened) return setTold({ what: "blocked", name });
    onOpened();
    setTold({ what: "waiting", name });
    const failure = await beginSingleSignOn(provider.id, SIGNED_IN_PATH, undefined, (address) =>
      opened.location.replace(address),
    );
    if (failure === null) return;
    opened.close();
    setTold({ what: failure, name });
  };
  if (providers.length === 0) return null;
  return (
    <div className={styles.demo}>
      <p role="status" className={told?.what === "waiting" ? styles.lead : styles.failure}>
        {told ? words(t, told) : null}
      </p>
      {providers.map((provider) => (
        <Button
          key={provider.id}
          variant="default"
          fullWidth
          disabled={disabled}
          onClick={() => void begin(provider)}
          {...attributes}
        >
          {t("signIn.provider.button", { name: nameOf(provider) })}
        </Button>
      ))}
    </div>
  );
}

function words(
  t: ReturnType<typeof useTranslations<"shell">>,
  { what, name }: { readonly what: SingleSignOnFailure | "blocked" | "waiting"; readonly name: string },
): string {
  if (what === "away" || what === "unreachable") return t(`signIn.provider.${what}`, { name });
  return t(`again.${what}`, { name });
}

"use client";
import { useLocale, useTranslations } from "use-intl";
import type { OfferedProvider } from "#server/contracts/single-sign-on.ts";

/** What people call a provider. */
export function useProviderName(): (provider: OfferedProvider) => string {
  const t = useTranslations("shell.signIn.provider.names");
  return ({ id, name }) => name ?? t(id);
}

/** The same within a sentence: Latin letters stand apart from Chinese ones. */
export function useProviderInSentence(): (provider: OfferedProvider) => string {
  const nameOf = useProviderName();
  const isChinese = useLocale() === "zh";
  return (provider) => {
    const name = nameOf(provider);
    return isChinese && /^[\x20-\x7e]+$/.test(name) ? ` ${name} ` : name;
  };
}

"use client";
import { useTranslations } from "use-intl";
import type { OfferedProvider } from "#server/contracts/single-sign-on.ts";

/** What people call a provider. */
export function useProviderName(): (provider: OfferedProvider) => string {
  const t = useTranslations("shell.signIn.provider.names");
  return ({ id, name }) => name ?? t(id);
}

"use client";
import { useMantineColorScheme } from "@mantine/core";
import { Spotlight, type SpotlightActionData } from "@mantine/spotlight";
import { useRouter } from "next/navigation";
import { useLocale, useTranslations } from "use-intl";
import { PLACES } from "./places.ts";
import { chooseLanguage } from "./preferences.ts";
import { useSession } from "./session.tsx";
import { signOut } from "./sign-out.ts";

/** Reaches every place and every deed of the shell from the keyboard: ⌘K or Ctrl-K. */
export function CommandPalette() {
  const t = useTranslations("shell");
  const locale = useLocale();
  const router = useRouter();
  const { can } = useSession();
  const { setColorScheme } = useMantineColorScheme();
  const actions: SpotlightActionData[] = [
    ...PLACES.filter((place) => can.includes(place.action)).map(({ name, href, Icon }) => ({
      id: name,
      label: t(`places.${name}`),
      leftSection: <Icon size={20} stroke={1.6} aria-hidden="true" />,
      onClick: () => router.push(href),
    })),
    {
      id: "language",
      label: locale === "en" ? "切换到简体中文" : "Switch to English",
      onClick: () => chooseLanguage(locale === "en" ? "zh" : "en"),
    },
    ...(["light", "dark", "auto"] as const).map((scheme) => ({
      id: scheme,
      label: `${t("theme")}: ${t(`themes.${scheme}`)}`,
      onClick: () => setColorScheme(scheme),
    })),
    { id: "sign-out", label: t("signOut"), onClick: () => void signOut() },
  ];
  return (
    <Spotlight
      actions={actions}
      shortcut={["mod + K"]}
      nothingFound={t("nothingFound")}
      searchProps={{ placeholder: t("search"), "aria-label": t("search") }}
      highlightQuery
    />
  );
}

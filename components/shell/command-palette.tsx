"use client";
import { useMantineColorScheme } from "@mantine/core";
import { Spotlight, type SpotlightActionData, spotlight } from "@mantine/spotlight";
import { IconLanguage, IconLogout, IconPalette, IconUserCircle } from "@tabler/icons-react";
import { useRouter } from "next/navigation";
import { useEffect, useState } from "react";
import { useLocale, useTranslations } from "use-intl";
import { navItemsFor, SEARCHES } from "./nav-items.ts";
import { chooseLanguage, SCHEMES } from "./preferences.ts";
import { useSession } from "./session.tsx";
import { signOut } from "./sign-out.ts";

const ICON = { size: 20, stroke: 1.6, "aria-hidden": true } as const;

/** Every screen and every action of the shell, from the keyboard: ⌘K or Ctrl-K. Opens whenever `asked` has grown. */
export function CommandPalette({ asked }: { readonly asked: number }) {
  const t = useTranslations("shell");
  const all = useTranslations();
  const locale = useLocale();
  const router = useRouter();
  const { can } = useSession();
  const { setColorScheme } = useMantineColorScheme();
  useEffect(() => {
    if (asked > 0) spotlight.open();
  }, [asked]);
  const [typed, setTyped] = useState("");
  const number = /^\d{3,19}$/.exec(typed.trim())?.[0];
  const actions: SpotlightActionData[] = [
    ...SEARCHES.filter((search) => number !== undefined && can.includes(search.action)).map(
      ({ name, words, href, Icon }) => ({
        id: name,
        label: t(words, { number: number ?? "" }),
        leftSection: <Icon {...ICON} />,
        onClick: () => router.push(`${href}${number}`),
      }),
    ),
    ...navItemsFor(can).map(({ name, words, href, Icon }) => ({
      id: name,
      label: all(`${words}.nav`),
      leftSection: <Icon {...ICON} />,
      onClick: () => router.push(href),
    })),
    {
      id: "account",
      leftSection: <IconUserCircle {...ICON} />,
      label: t("person"),
      onClick: () => router.push("/me"),
    },
    {
      id: "language",
      leftSection: <IconLanguage {...ICON} />,
      label: locale === "en" ? "切换到简体中文" : "Switch to English",
      onClick: () => chooseLanguage(locale === "en" ? "zh" : "en"),
    },
    ...SCHEMES.map((scheme) => ({
      id: scheme,
      leftSection: <IconPalette {...ICON} />,
      label: `${t("theme")}: ${t(`themes.${scheme}`)}`,
      onClick: () => setColorScheme(scheme),
    })),
    {
      id: "sign-out",
      label: t("signOut"),
      leftSection: <IconLogout {...ICON} />,
      onClick: () => void signOut(),
    },
  ];
  return (
    <Spotlight
      actions={actions}
      shortcut={null}
      query={typed}
      onQueryChange={setTyped}
      nothingFound={t("nothingFound")}
      searchProps={{ placeholder: t("search"), "aria-label": t("search") }}
      attributes={{ content: { "aria-label": t("commands") } }}
      overlayProps={{ blur: 0 }}
      highlightQuery
    />
  );
}

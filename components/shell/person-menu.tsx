"use client";
import { Menu, UnstyledButton, useMantineColorScheme } from "@mantine/core";
import { spotlight } from "@mantine/spotlight";
import { useLocale, useTranslations } from "use-intl";
import { LANGUAGE_NAME, LOCALES } from "../i18n/locale.ts";
import styles from "./app-shell.module.css";
import { chooseLanguage } from "./preferences.ts";
import { useSession } from "./session.tsx";
import { signOut } from "./sign-out.ts";

const SCHEMES = ["light", "dark", "auto"] as const;

/** The person, their language, their theme, and the way out. */
export function PersonMenu() {
  const t = useTranslations("shell");
  const session = useSession();
  const locale = useLocale();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  return (
    <Menu
      position="right-end"
      withInitialFocusPlaceholder={false}
      classNames={{ item: styles.menuItem ?? "" }}
      withinPortal
    >
      <Menu.Target>
        <UnstyledButton className={styles.person} aria-label={`${t("person")}: ${session.name}`}>
          {initials(session.name)}
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>
          {session.name} · {t(`roles.${session.role}`)}
        </Menu.Label>
        <Menu.Divider />
        <Menu.Label>{t("language")}</Menu.Label>
        {LOCALES.map((each) => (
          <Menu.Item
            key={each}
            onClick={() => chooseLanguage(each)}
            aria-current={each === locale || undefined}
          >
            {LANGUAGE_NAME[each]}
            {each === locale ? " ✓" : ""}
          </Menu.Item>
        ))}
        <Menu.Divider />
        <Menu.Label>{t("theme")}</Menu.Label>
        {SCHEMES.map((scheme) => (
          <Menu.Item key={scheme} onClick={() => setColorScheme(scheme)}>
            {t(`themes.${scheme}`)}
            {scheme === colorScheme ? " ✓" : ""}
          </Menu.Item>
        ))}
        <Menu.Divider />
        <Menu.Item onClick={spotlight.open}>{t("commands")}</Menu.Item>
        <Menu.Item onClick={() => void signOut()}>{t("signOut")}</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

/** LW of Lin Wei; the first character of a Chinese name. */
export function initials(name: string): string {
  const words = name.trim().split(/\s+/);
  const letters = words.length > 1 ? [words[0], words.at(-1)] : [words[0]];
  return letters
    .map((word) => Array.from(word ?? "")[0] ?? "")
    .join("")
    .toUpperCase();
}

"use client";
import { Menu, useMantineColorScheme } from "@mantine/core";
import Link from "next/link";
import { useLocale, useTranslations } from "use-intl";
import { LANGUAGE_NAME, LOCALES } from "#server/contracts/locale.ts";
import { useOpening } from "../ui/use-opening.ts";
import styles from "./app-shell.module.css";
import { useOpenPalette } from "./palette.tsx";
import { PersonButton } from "./person-button.tsx";
import { chooseLanguage, SCHEMES } from "./preferences.ts";
import { useSession } from "./session.tsx";
import { signOut } from "./sign-out.ts";

/** Open from the start: it is loaded when it is first asked for. */
export function OpenedPersonMenu() {
  const t = useTranslations("shell");
  const session = useSession();
  const openPalette = useOpenPalette();
  const locale = useLocale();
  const { target, opened, setOpened } = useOpening();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  return (
    <Menu
      opened={opened}
      onChange={setOpened}
      position="right-end"
      withInitialFocusPlaceholder={false}
      classNames={{ item: styles.menuItem ?? "" }}
      withinPortal
    >
      <Menu.Target>
        {/* Until the keyboard has gone into the menu, its Escape is pressed here. */}
        <PersonButton
          ref={target}
          onKeyDown={({ key }) => {
            if (key === "Escape") setOpened(false);
          }}
        />
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
        <Menu.Item component={Link} href="/me">
          {t("person")}
        </Menu.Item>
        <Menu.Item onClick={openPalette}>{t("commands")}</Menu.Item>
        <Menu.Item onClick={() => void signOut()}>{t("signOut")}</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

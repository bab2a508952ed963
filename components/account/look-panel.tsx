"use client";
import { useMantineColorScheme } from "@mantine/core";
import { useLocale, useTranslations } from "use-intl";
import { LANGUAGE_NAME, LOCALES } from "#server/contracts/locale.ts";
import { chooseLanguage, SCHEMES } from "../shell/preferences.ts";
import { Panel } from "../ui/panel.tsx";
import { Segments } from "../ui/segments.tsx";
import styles from "./account.module.css";

/** Kept in this browser. */
export function LookPanel() {
  const t = useTranslations("account.look");
  const themes = useTranslations("shell.themes");
  const locale = useLocale();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  return (
    <Panel title={t("title")}>
      <div className={styles.buttons}>
        <Segments
          label={t("language")}
          value={locale}
          data={LOCALES.map((value) => ({ value, label: LANGUAGE_NAME[value] }))}
          onChange={chooseLanguage}
        />
        <Segments
          label={t("theme")}
          value={colorScheme}
          data={SCHEMES.map((value) => ({ value, label: themes(value) }))}
          onChange={setColorScheme}
        />
      </div>
    </Panel>
  );
}

"use client";
import { UnstyledButton } from "@mantine/core";
import type { ReactNode } from "react";
import { useLocale, useTranslations } from "use-intl";
import { LANGUAGE_NAME, LANGUAGE_TAG, LOCALES } from "#server/contracts/locale.ts";
import styles from "./card-page.module.css";
import { Logo } from "./logo.tsx";
import { chooseLanguage } from "./preferences.ts";

export interface CardPageProps {
  readonly title: string;
  readonly lead: string;
  readonly children?: ReactNode;
}

/** A page of one card, outside the rail: signing in, and what has only something to say. */
export function CardPage({ title, lead, children }: CardPageProps) {
  return (
    <main className={styles.page}>
      <div className={styles.card}>
        <div className={styles.brand}>
          <Logo />
          <span>Tidewatch</span>
        </div>
        <div>
          <h1 className={styles.title}>{title}</h1>
          <p className={styles.lead}>{lead}</p>
        </div>
        {children}
      </div>
      <Languages />
    </main>
  );
}

/** Whoever cannot read the page yet finds their own language by its name. */
function Languages() {
  const t = useTranslations("shell");
  const locale = useLocale();
  return (
    <nav className={styles.languages} aria-label={t("language")}>
      {LOCALES.map((each) => (
        <UnstyledButton
          key={each}
          lang={LANGUAGE_TAG[each]}
          className={styles.language}
          aria-current={each === locale || undefined}
          onClick={() => chooseLanguage(each)}
        >
          {LANGUAGE_NAME[each]}
        </UnstyledButton>
      ))}
    </nav>
  );
}

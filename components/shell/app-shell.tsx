"use client";
import { UnstyledButton } from "@mantine/core";
import Link from "next/link";
import { usePathname } from "next/navigation";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import { usePaletteKey } from "../ui/use-palette-key.ts";
import styles from "./app-shell.module.css";
import { DemoRibbon } from "./demo-ribbon.tsx";
import { KeyList } from "./key-list.tsx";
import { Logo } from "./logo.tsx";
import { navItemsFor } from "./nav-items.ts";
import { PaletteProvider, useOpenPalette } from "./palette.tsx";
import { PersonMenu } from "./person-menu.tsx";
import { useSession } from "./session.tsx";
import { SignInAgain } from "./sign-in-again.tsx";
import { WaitingCount } from "./waiting-count.tsx";

/** The rail with its navigation, and what is shown beside it. */
export function AppShell({ children }: { readonly children: ReactNode }) {
  return (
    <PaletteProvider>
      <Frame>{children}</Frame>
    </PaletteProvider>
  );
}

function Frame({ children }: { readonly children: ReactNode }) {
  const t = useTranslations("shell");
  const openPalette = useOpenPalette();
  const paletteKey = usePaletteKey();
  const session = useSession();
  return (
    <div className={styles.shell}>
      <a className={styles.skip} href="#content">
        {t("skip")}
      </a>
      <nav className={styles.rail} aria-label={t("navigation")}>
        <Link href="/" className={styles.logo} aria-label={t("product")}>
          <Logo />
        </Link>
        <Navigation />
        <UnstyledButton
          className={styles.commands}
          onClick={openPalette}
          aria-label={`${t("commands")}: ${paletteKey}`}
        >
          {paletteKey}
        </UnstyledButton>
        <PersonMenu />
      </nav>
      <div className={styles.main}>
        {session.isDemo ? <DemoRibbon /> : null}
        {children}
      </div>
      <KeyList />
      <SignInAgain />
    </div>
  );
}

/** Only the screens that the role may open. */
function Navigation() {
  const t = useTranslations();
  const { can } = useSession();
  const pathname = usePathname();
  return (
    <ul className={styles.items}>
      {navItemsFor(can).map(({ name, words, href, Icon }) => (
        <li key={name}>
          <Link
            href={href}
            className={styles.item}
            aria-current={pathname.startsWith(href) ? "page" : undefined}
          >
            <Icon size={22} stroke={1.6} aria-hidden="true" />
            <span>{t(`${words}.nav`)}</span>
            {name === "admin" ? <WaitingCount /> : null}
          </Link>
        </li>
      ))}
    </ul>
  );
}

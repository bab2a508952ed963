"use client";
import Link from "next/link";
import { usePathname } from "next/navigation";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import { PageFrame } from "../ui/page-frame.tsx";
import styles from "./admin-frame.module.css";
import { ADMIN_TABS } from "./admin-tabs.ts";
import { useSession } from "./session.tsx";
import { WaitingCount } from "./waiting-count.tsx";

/** A part of /admin: the tabs that the reader may open, who they are, and the part. */
export function AdminFrame({ children }: { readonly children: ReactNode }) {
  const t = useTranslations("admin");
  const shell = useTranslations("shell");
  const { name, role } = useSession();
  return (
    <PageFrame
      title={t("title")}
      tools={<Tabs />}
      ownDay
      isStill
      actions={<span className={styles.who}>{`${name}, ${shell(`roles.${role}`)}`}</span>}
    >
      {children}
    </PageFrame>
  );
}

function Tabs() {
  const t = useTranslations("admin");
  const { can } = useSession();
  const pathname = usePathname();
  return (
    <nav aria-label={t("title")} className={styles.nav}>
      <ul className={styles.tabs}>
        {ADMIN_TABS.filter(({ action }) => can.includes(action)).map(({ name, href }) => (
          <li key={name}>
            <Link
              href={href}
              className={styles.tab}
              aria-current={pathname.startsWith(href) ? "page" : undefined}
            >
              {t(`tabs.${name}`)}
              {name === "settings" ? <WaitingCount /> : null}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}

"use client";
import type { ReactNode } from "react";
import { type DataAge, FreshnessBadge } from "../live/freshness-badge.tsx";
import { BusinessDay } from "./business-day.tsx";
import styles from "./page-frame.module.css";

export interface PageFrameProps {
  readonly title: string;
  /** Controls of the page, right after the title. */
  readonly tools?: ReactNode;
  /** Actions of the page, at the far right. */
  readonly actions?: ReactNode;
  /** The page says by itself which day it shows, and in which zone. */
  readonly ownDay?: boolean;
  /** What the page knows of its data's completeness, e.g. "complete to 14:22:40"; null while it does not know. */
  readonly freshness?: string | null | undefined;
  /** The age of the page's data, where it is another thing than the connection's. */
  readonly data?: DataAge | undefined;
  readonly children: ReactNode;
}

/** The top bar of a page and its content. */
export function PageFrame({
  title,
  tools,
  actions,
  ownDay = false,
  freshness,
  data,
  children,
}: PageFrameProps) {
  return (
    <>
      <header className={styles.bar}>
        <h1 className={styles.title}>{title}</h1>
        <div className={styles.tools}>{tools}</div>
        {ownDay ? null : <BusinessDay />}
        <FreshnessBadge detail={freshness} data={data} />
        {actions}
      </header>
      <main id="content" className={styles.content} tabIndex={-1}>
        {children}
      </main>
    </>
  );
}

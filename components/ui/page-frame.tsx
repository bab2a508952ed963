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
  /** Nothing of it is pushed: it says nothing of the live connection. */
  readonly isStill?: boolean;
  /** What the page knows of its data's completeness, e.g. "complete to 14:22:40"; null while it does not know. */
  readonly freshness?: string | null | undefined;
  /** Made for large screens too: all of it grows from 1800 px on. */
  readonly grows?: boolean;
  /** The age of the page's data, where it is another thing than the connection's. */
  readonly data?: DataAge | undefined;
  readonly children: ReactNode;
}

/** The top bar of a page and its content. */
export function PageFrame(props: PageFrameProps) {
  const { title, tools, actions, ownDay = false, isStill = false, freshness, data, grows = false } = props;
  return (
    <>
      <header className={styles.bar} data-grows={grows || undefined}>
        <h1 className={styles.title}>{title}</h1>
        <div className={styles.tools}>{tools}</div>
        {ownDay ? null : <BusinessDay />}
        {isStill ? null : <FreshnessBadge detail={freshness} data={data} />}
        {actions}
      </header>
      <main id="content" className={styles.content} data-grows={grows || undefined} tabIndex={-1}>
        {props.children}
      </main>
    </>
  );
}

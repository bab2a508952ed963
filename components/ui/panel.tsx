import type { ReactNode } from "react";
import styles from "./panel.module.css";

export interface PanelProps {
  readonly title?: string;
  /** What the title needs to be read rightly: unit, zone, window. */
  readonly note?: string | undefined;
  /** Legend, switches, buttons: at the right of the title. */
  readonly actions?: ReactNode;
  /** Dimmed because the data is not fresh; `since` says so in words. */
  readonly stale?: boolean;
  readonly className?: string | undefined;
  readonly children: ReactNode;
}

/** One framed part of a page. */
export function Panel({ title, note, actions, stale = false, className, children }: PanelProps) {
  return (
    <section className={[styles.panel, className].filter(Boolean).join(" ")} data-stale={stale || undefined}>
      {title ? (
        <header className={styles.head}>
          <h2 className={styles.title}>{title}</h2>
          {note ? <span className={styles.note}>{note}</span> : null}
          {actions ? <div className={styles.actions}>{actions}</div> : null}
        </header>
      ) : null}
      {children}
    </section>
  );
}

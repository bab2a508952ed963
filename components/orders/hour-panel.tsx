"use client";
import { useCallback, useEffect } from "react";
import { useTranslations } from "use-intl";
import { LoadFailed } from "../ui/load-failed.tsx";
import { onDemand } from "../ui/on-demand.tsx";
import { CHART_PLACE } from "./hours-panel.tsx";
import styles from "./inspector.module.css";
import type { HourRow } from "./prepare-hours.ts";
import type { BoardChoice } from "./use-board-choice.ts";
import type { ComparedWords } from "./use-compared-words.ts";

const Inspector = onDemand(() => import("./inspector.tsx").then((module) => module.Inspector));

interface HourPanelProps {
  readonly row: HourRow;
  readonly words: ComparedWords;
  readonly stale: boolean;
  readonly choose: BoardChoice["choose"];
}

/** The place of the inspector: its code comes when an hour is first opened, and says so when it cannot. */
export function HourPanel({ row, words, stale, choose }: HourPanelProps) {
  const t = useTranslations("orders.inspector");
  useEffect(() => {
    // On a small screen the hour is a sheet over the foot of the page.
    if (!window.matchMedia("(max-width: 1100px)").matches) return;
    document.querySelector(`.${CHART_PLACE}`)?.scrollIntoView({ block: "start" });
  }, []);
  const onHour = useCallback((hour: string) => void choose({ hour }), [choose]);
  const onClose = useCallback(() => void choose({ hour: null }), [choose]);
  return (
    <Inspector
      row={row}
      words={words}
      stale={stale}
      onHour={onHour}
      onClose={onClose}
      meanwhile={(reload) => (
        <section className={styles.inspector} aria-label={`${row.clock}:00`}>
          {reload ? (
            <LoadFailed message={t("notLoaded")} retry={t("retry")} onRetry={reload} />
          ) : (
            <div className={styles.skeleton} aria-hidden="true" />
          )}
        </section>
      )}
    />
  );
}

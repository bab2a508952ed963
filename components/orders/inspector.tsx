"use client";
import { IconChevronLeft, IconChevronRight, IconX } from "@tabler/icons-react";
import { useMemo, useState } from "react";
import { useTranslations } from "use-intl";
import { IconButton } from "../ui/icon-button.tsx";
import { type KeyGroup, useKeys } from "../ui/keys.tsx";
import { Segments } from "../ui/segments.tsx";
import { HourChangesList } from "./hour-changes-list.tsx";
import { HourOrders } from "./hour-orders.tsx";
import styles from "./inspector.module.css";
import { LitWords, useLitWords } from "./lit-words.tsx";
import type { HourRow } from "./prepare-hours.ts";
import type { ComparedWords } from "./use-compared-words.ts";

interface InspectorProps {
  readonly row: HourRow;
  readonly words: ComparedWords;
  readonly stale: boolean;
  readonly onHour: (bizHour: string) => void;
  readonly onClose: () => void;
}

const VIEWS = ["changes", "orders"] as const;
type View = (typeof VIEWS)[number];

/** One hour beside the chart, on a phone under it: what has changed it since it was over, and the orders that it is made of. */
export function Inspector({ row, words, stale, onHour, onClose }: InspectorProps) {
  const t = useTranslations("orders.inspector");
  const [view, setView] = useState<View>("changes");
  const steps = useSteps(row, onHour, onClose);
  const lit = useLitWords(row, "totalPremium", words);
  const title = `${row.clock}:00–${String(Number(row.clock) + 1).padStart(2, "0")}:00`;
  return (
    <section
      className={styles.inspector}
      aria-label={t("label", { hour: title })}
      data-stale={stale || undefined}
    >
      <header className={styles.head}>
        <IconButton words={t("earlier")} isDisabled={!steps.earlier} onPress={steps.earlier ?? undefined}>
          <IconChevronLeft size={16} aria-hidden="true" />
        </IconButton>
        <h2 className={styles.title}>{title}</h2>
        <IconButton words={t("later")} isDisabled={!steps.later} onPress={steps.later ?? undefined}>
          <IconChevronRight size={16} aria-hidden="true" />
        </IconButton>
        <Segments
          className={styles.views}
          label={t("view")}
          value={view}
          onChange={setView}
          data={VIEWS.map((value) => ({ value, label: t(value) }))}
        />
        <IconButton isBare words={t("close")} onPress={onClose}>
          <IconX size={16} aria-hidden="true" />
        </IconButton>
      </header>
      <LitWords words={lit} />
      {view === "changes" ? (
        <HourChangesList key={row.bizHour} bizHour={row.bizHour} premium={row.now?.totalPremium ?? "0.00"} />
      ) : (
        <HourOrders key={row.bizHour} bizHour={row.bizHour} />
      )}
    </section>
  );
}

/** Hour by hour within the day, with the arrows too. */
function useSteps(row: HourRow, onHour: (bizHour: string) => void, onClose: () => void) {
  const t = useTranslations("orders.inspector");
  const { bizHour, clock } = row;
  const steps = useMemo(() => {
    const to = (hour: number) =>
      hour < 0 || hour > 23 ? null : () => onHour(`${bizHour.slice(0, 8)}${String(hour).padStart(2, "0")}`);
    return { earlier: to(Number(clock) - 1), later: to(Number(clock) + 1) };
  }, [bizHour, clock, onHour]);
  const keys = useMemo(
    (): KeyGroup => ({
      title: t("keys"),
      shortcuts: [
        { key: "ArrowLeft", words: t("earlier"), run: () => steps.earlier?.() },
        { key: "ArrowRight", words: t("later"), run: () => steps.later?.() },
        { key: "Escape", words: t("close"), run: onClose },
      ],
    }),
    [t, steps, onClose],
  );
  useKeys(keys);
  return steps;
}

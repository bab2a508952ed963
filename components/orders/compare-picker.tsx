"use client";
import { type Ref, useState } from "react";
import { useFormatter, useTranslations } from "use-intl";
import { COMPARISONS, type ComparedWith, isComparison } from "#server/contracts/compared-days.ts";
import { onDemand } from "../ui/on-demand.tsx";
import styles from "./compare-picker.module.css";

const AnyDay = onDemand(() => import("./any-day.tsx").then((module) => module.AnyDay));

interface ComparePickerProps {
  readonly compared: ComparedWith;
  /** The day shown, and the one that runs; the first that is known, if any is. */
  readonly date: string;
  readonly today: string;
  readonly firstDay: string | null;
  readonly onPick: (compared: ComparedWith) => void;
}

const ANY = "any";

/** What the day is compared with (rule O13): three kinds, or any day from the calendar. */
export function ComparePicker({ compared, date, today, firstDay, onPick }: ComparePickerProps) {
  const t = useTranslations("orders.compare");
  const [asked, setAsked] = useState(false);
  const select = (ref?: Ref<HTMLSelectElement>) => (
    <Select
      {...(ref ? { ref } : {})}
      compared={compared}
      isToday={date === today}
      onAny={() => setAsked(true)}
      onPick={onPick}
    />
  );
  return (
    <div className={styles.compare}>
      <span className={styles.versus} aria-hidden="true">
        {t("versus")}
      </span>
      {asked ? (
        <AnyDay
          shown={date}
          date={isComparison(compared) ? date : compared}
          today={today}
          firstDay={firstDay}
          onPick={onPick}
          onClose={() => setAsked(false)}
          field={select}
          meanwhile={() => select()}
        />
      ) : (
        select()
      )}
    </div>
  );
}

interface SelectProps {
  readonly ref?: Ref<HTMLSelectElement>;
  readonly compared: ComparedWith;
  readonly isToday: boolean;
  readonly onAny: () => void;
  readonly onPick: (compared: ComparedWith) => void;
}

function Select({ ref, compared, isToday, onAny, onPick }: SelectProps) {
  const t = useTranslations("orders.compare");
  const format = useFormatter();
  const day = (date: string) => format.dateTime(new Date(`${date}T12:00:00Z`), DAY);
  return (
    <select
      {...(ref ? { ref } : {})}
      className={styles.select}
      aria-label={t("label")}
      value={compared}
      onChange={({ currentTarget: { value } }) => (value === ANY ? onAny() : onPick(value as ComparedWith))}
    >
      {COMPARISONS.map((kind) => (
        <option key={kind} value={kind}>
          {t(kind === "yesterday" && !isToday ? "dayBefore" : kind)}
        </option>
      ))}
      {isComparison(compared) ? null : <option value={compared}>{day(compared)}</option>}
      <option value={ANY}>{t("any")}</option>
    </select>
  );
}

const DAY = { weekday: "short", year: "numeric", month: "short", day: "numeric", timeZone: "UTC" } as const;

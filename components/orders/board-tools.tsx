"use client";
import { SegmentedControl } from "@mantine/core";
import { memo } from "react";
import { useFormatter, useTranslations } from "use-intl";
import { addDays } from "#server/contracts/business-time.ts";
import styles from "./board-tools.module.css";
import { DayBadge } from "./day-badge.tsx";
import { DayPicker } from "./day-picker.tsx";
import { SHOWS, type Show } from "./prepare-hours.ts";
import { clockText } from "./tiles.tsx";
import type { BoardChoice } from "./use-board-choice.ts";
import type { BusinessClock } from "./use-business-clock.ts";

interface BoardToolsProps {
  readonly date: string;
  readonly clock: BusinessClock;
  readonly choice: BoardChoice;
  /** Of the figures shown; 0: the day is open, or not read yet. */
  readonly revision: number;
}

/** Day, what it is compared with, and which premium. */
export const BoardTools = memo(function BoardTools({ date, clock, choice, revision }: BoardToolsProps) {
  const t = useTranslations("orders");
  const format = useFormatter();
  const { show, choose } = choice;
  const isToday = date === clock.today;
  const before = format.dateTime(new Date(`${addDays(date, -1)}T12:00:00Z`), {
    month: "short",
    day: "numeric",
    timeZone: "UTC",
  });
  return (
    <div className={styles.tools}>
      <DayPicker
        date={date}
        today={clock.today}
        onPick={(picked) =>
          void choose({ date: picked === clock.today ? null : picked, hour: null, revision: null })
        }
      />
      {isToday && revision === 0 ? null : (
        <DayBadge
          revision={revision}
          isEarlier={choice.revision !== null}
          onOpen={() => void choose({ closed: true })}
        />
      )}
      <span className={styles.versus}>
        {isToday ? t("day.versusToday", { time: clockText(clock) }) : t("day.versusDay", { date: before })}
      </span>
      <SegmentedControl
        size="sm"
        className={styles.show}
        aria-label={t("show.label")}
        value={show}
        onChange={(value) => void choose({ show: value as Show })}
        data={SHOWS.map((value) => ({ value, label: t(`show.${value}`) }))}
      />
    </div>
  );
});

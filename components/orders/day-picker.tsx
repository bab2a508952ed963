"use client";
import { ActionIcon, Popover, UnstyledButton } from "@mantine/core";
import { IconChevronLeft, IconChevronRight } from "@tabler/icons-react";
import { lazy, Suspense, useState } from "react";
import { useFormatter, useTranslations } from "use-intl";
import { addDays } from "../../server/contracts/business-time.ts";
import styles from "./day-picker.module.css";

const Calendar = lazy(() => import("./calendar.tsx"));

interface DayPickerProps {
  /** yyyy-mm-dd */
  readonly date: string;
  readonly today: string;
  readonly onPick: (date: string) => void;
}

/** One business date: a step back, a step forward, or any from the calendar. */
export function DayPicker({ date, today, onPick }: DayPickerProps) {
  const t = useTranslations("orders.day");
  const [opened, setOpened] = useState(false);
  const pick = (picked: string) => {
    setOpened(false);
    onPick(picked);
  };
  return (
    <div className={styles.picker}>
      <ActionIcon variant="subtle" aria-label={t("previous")} onClick={() => onPick(addDays(date, -1))}>
        <IconChevronLeft size={16} aria-hidden="true" />
      </ActionIcon>
      <Popover opened={opened} onChange={setOpened} position="bottom" trapFocus>
        <Popover.Target>
          <UnstyledButton
            className={styles.date}
            aria-label={t("choose")}
            onClick={() => setOpened((wasOpen) => !wasOpen)}
          >
            <DayWords date={date} />
          </UnstyledButton>
        </Popover.Target>
        <Popover.Dropdown className={styles.calendar}>
          <Suspense>
            <Calendar date={date} today={today} onPick={pick} />
          </Suspense>
        </Popover.Dropdown>
      </Popover>
      <ActionIcon
        variant="subtle"
        aria-label={t("next")}
        disabled={date >= today}
        onClick={() => onPick(addDays(date, 1))}
      >
        <IconChevronRight size={16} aria-hidden="true" />
      </ActionIcon>
    </div>
  );
}

function DayWords({ date }: { readonly date: string }) {
  const format = useFormatter();
  // A business date has no time of day: noon UTC says the same date everywhere.
  const noon = new Date(`${date}T12:00:00Z`);
  const day = { weekday: "short", day: "numeric", month: "short", timeZone: "UTC" } as const;
  return (
    <>
      <span className={styles.wide}>{format.dateTime(noon, { ...day, year: "numeric" })}</span>
      <span className={styles.narrow}>{format.dateTime(noon, day)}</span>
    </>
  );
}

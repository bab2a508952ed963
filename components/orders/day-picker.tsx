"use client";
import { UnstyledButton, VisuallyHidden } from "@mantine/core";
import { IconChevronLeft, IconChevronRight } from "@tabler/icons-react";
import { type RefObject, useState } from "react";
import { useFormatter, useTranslations } from "use-intl";
import { addDays } from "#server/contracts/business-time.ts";
import { IconButton } from "../ui/icon-button.tsx";
import { onDemand } from "../ui/on-demand.tsx";
import styles from "./day-picker.module.css";

const DayCalendar = onDemand(() => import("./day-calendar.tsx").then((module) => module.DayCalendar));

interface DayPickerProps {
  /** yyyy-mm-dd */
  readonly date: string;
  readonly today: string;
  /** The first that is known; null: there is none. */
  readonly firstDay: string | null;
  readonly onPick: (date: string) => void;
}

/** One business date: a step back, a step forward, or any from the calendar. */
export function DayPicker({ date, today, firstDay, onPick }: DayPickerProps) {
  const t = useTranslations("orders.day");
  const [asked, setAsked] = useState(false);
  const ask = () => setAsked(true);
  const button = (onPress: () => void, ref?: RefObject<HTMLButtonElement | null>) => (
    <UnstyledButton
      {...(ref ? { ref } : {})}
      className={styles.date}
      data-printed
      onClick={onPress}
      onPointerEnter={DayCalendar.load}
      onFocus={DayCalendar.load}
    >
      <DayWords date={date} />
      <VisuallyHidden> {t("choose")}</VisuallyHidden>
    </UnstyledButton>
  );
  return (
    <div className={styles.picker}>
      <IconButton
        isBare
        words={t("previous")}
        isDisabled={firstDay !== null && date <= firstDay}
        onPress={() => onPick(addDays(date, -1))}
      >
        <IconChevronLeft size={16} aria-hidden="true" />
      </IconButton>
      {asked ? (
        <DayCalendar
          date={date}
          today={today}
          firstDay={firstDay}
          onPick={onPick}
          button={button}
          meanwhile={() => button(ask)}
        />
      ) : (
        button(ask)
      )}
      <IconButton
        isBare
        words={t("next")}
        isDisabled={date >= today}
        onPress={() => onPick(addDays(date, 1))}
      >
        <IconChevronRight size={16} aria-hidden="true" />
      </IconButton>
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

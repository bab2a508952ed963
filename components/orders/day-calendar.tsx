"use client";
import { Popover } from "@mantine/core";
import type { ReactNode, RefObject } from "react";
import { useOpening } from "../ui/use-opening.ts";
import { Calendar } from "./calendar.tsx";
import styles from "./day-picker.module.css";

interface DayCalendarProps {
  readonly date: string;
  readonly today: string;
  readonly firstDay: string | null;
  readonly onPick: (date: string) => void;
  /** The button with the date, given what a press does. */
  readonly button: (onPress: () => void, ref?: RefObject<HTMLButtonElement | null>) => ReactNode;
}

/** The calendar under the date, open from the start: it is loaded when it is first asked for. */
export function DayCalendar({ date, today, firstDay, onPick, button }: DayCalendarProps) {
  const { target, opened, setOpened } = useOpening();
  const pick = (picked: string) => {
    setOpened(false);
    onPick(picked);
  };
  return (
    <Popover opened={opened} onChange={setOpened} position="bottom" trapFocus returnFocus>
      <Popover.Target>{button(() => setOpened(!opened), target)}</Popover.Target>
      <Popover.Dropdown className={styles.calendar}>
        <Calendar date={date} today={today} firstDay={firstDay} onPick={pick} />
      </Popover.Dropdown>
    </Popover>
  );
}

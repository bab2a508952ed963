"use client";
import { Popover } from "@mantine/core";
import { type ReactNode, type Ref, useEffect, useRef, useState } from "react";
import type { ComparedWith } from "#server/contracts/compared-days.ts";
import { Calendar } from "./calendar.tsx";
import styles from "./day-picker.module.css";

interface AnyDayProps {
  /** The day shown, which is not compared with itself. */
  readonly shown: string;
  readonly date: string;
  readonly today: string;
  readonly firstDay: string | null;
  readonly onPick: (compared: ComparedWith) => void;
  readonly onClose: () => void;
  /** The field under which the calendar stands. */
  readonly field: (ref: Ref<HTMLSelectElement>) => ReactNode;
}

/** Any day to compare with, from a calendar that is open from the start: it is loaded when it is first asked for. */
export function AnyDay({ shown, date, today, firstDay, onPick, onClose, field }: AnyDayProps) {
  const target = useRef<HTMLSelectElement>(null);
  const [opened, setOpened] = useState(false);
  useEffect(() => setOpened(true), []);
  return (
    <Popover opened={opened} onChange={(open) => open || onClose()} position="bottom" trapFocus returnFocus>
      <Popover.Target>{field(target)}</Popover.Target>
      <Popover.Dropdown className={styles.calendar}>
        <Calendar
          date={date}
          today={today}
          firstDay={firstDay}
          except={shown}
          onPick={(picked) => {
            onPick(picked as ComparedWith);
            onClose();
          }}
        />
      </Popover.Dropdown>
    </Popover>
  );
}

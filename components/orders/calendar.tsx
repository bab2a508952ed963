"use client";
import "dayjs/locale/zh-cn";
import { DatePicker } from "@mantine/dates";
import { useLocale } from "use-intl";

interface CalendarProps {
  readonly date: string;
  readonly today: string;
  readonly firstDay: string | null;
  readonly onPick: (date: string) => void;
}

/** A month of business dates, from the first with orders to the one that runs. */
export function Calendar({ date, today, firstDay, onPick }: CalendarProps) {
  const locale = useLocale() === "zh" ? "zh-cn" : "en";
  return (
    <DatePicker
      value={date}
      defaultDate={date}
      {...(firstDay === null ? {} : { minDate: firstDay })}
      maxDate={today}
      locale={locale}
      firstDayOfWeek={1}
      onChange={(picked) => picked && onPick(picked)}
    />
  );
}

"use client";
import "dayjs/locale/zh-cn";
import { DatePicker } from "@mantine/dates";
import { useLocale } from "use-intl";

interface CalendarProps {
  readonly date: string;
  readonly today: string;
  readonly onPick: (date: string) => void;
}

/** A month of business dates, none of them in the future. */
export function Calendar({ date, today, onPick }: CalendarProps) {
  const locale = useLocale() === "zh" ? "zh-cn" : "en";
  return (
    <DatePicker
      value={date}
      defaultDate={date}
      maxDate={today}
      locale={locale}
      firstDayOfWeek={1}
      onChange={(picked) => picked && onPick(picked)}
    />
  );
}

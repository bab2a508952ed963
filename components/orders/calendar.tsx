"use client";
import "dayjs/locale/zh-cn";
import { DatePicker } from "@mantine/dates";
import { useLocale } from "use-intl";

interface CalendarProps {
  readonly date: string;
  readonly today: string;
  readonly onPick: (date: string) => void;
}

/** Loaded when it is first opened: most readers look at today. */
export default function Calendar({ date, today, onPick }: CalendarProps) {
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

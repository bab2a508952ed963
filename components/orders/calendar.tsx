"use client";
import "dayjs/locale/zh-cn";
import { DatePicker } from "@mantine/dates";
import { useLocale } from "use-intl";

interface CalendarProps {
  readonly date: string;
  readonly today: string;
  readonly firstDay: string | null;
  /** One that cannot be picked. */
  readonly except?: string | undefined;
  readonly onPick: (date: string) => void;
}

/** A month of business dates, from the first with orders to the one that runs. */
export function Calendar({ date, today, firstDay, except, onPick }: CalendarProps) {
  const locale = useLocale() === "zh" ? "zh-cn" : "en";
  return (
    <DatePicker
      value={date}
      defaultDate={date}
      {...(firstDay === null ? {} : { minDate: firstDay })}
      maxDate={today}
      {...(except === undefined ? {} : { excludeDate: (day: string) => day === except })}
      locale={locale}
      firstDayOfWeek={1}
      onChange={(picked) => picked && onPick(picked)}
    />
  );
}

"use client";
import { useFormatter, useTranslations } from "use-intl";
import styles from "./legend.module.css";
import type { Show } from "./prepare-hours.ts";

interface LegendProps {
  readonly show: Show;
  readonly isToday: boolean;
  readonly date: string;
  /** What the day is compared with, in words. */
  readonly compared: string;
  /** Late orders changed an hour. */
  readonly revised: boolean;
}

/** What each fill means. */
export function Legend({ show, isToday, date, compared, revised }: LegendProps) {
  const t = useTranslations("orders.hours");
  const format = useFormatter();
  const day = format.dateTime(new Date(`${date}T12:00:00Z`), {
    month: "short",
    day: "numeric",
    timeZone: "UTC",
  });
  return (
    <ul className={styles.legend}>
      {show === "gross" ? null : <Key fill="solid" words={isToday ? t("today") : day} />}
      {show === "last" ? null : <Key fill={show === "gross" ? "alone" : "outline"} words={t("gross")} />}
      <Key fill="compared" words={compared} />
      <li className={styles.revised} data-shown={revised || undefined}>
        <span aria-hidden="true">▲</span> {t("revised")}
      </li>
    </ul>
  );
}

function Key({ fill, words }: { readonly fill: string; readonly words: string }) {
  return (
    <li className={styles.key}>
      <span className={styles.swatch} data-figure data-fill={fill} aria-hidden="true" />
      {words}
    </li>
  );
}

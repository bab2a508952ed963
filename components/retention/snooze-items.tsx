"use client";
import { Menu } from "@mantine/core";
import { useFormatter, useTranslations } from "use-intl";
import { useLiveClient } from "../live/live-provider.tsx";
import { SNOOZES, snoozedFor } from "./snoozes.ts";
import { useOffice } from "./use-office.ts";

/** For how long something is put off: hours, or until the office opens on another day. @param onUntil is told the time, ISO 8601 */
export function SnoozeItems({ onUntil }: { readonly onUntil: (until: string) => void }) {
  const t = useTranslations("retention");
  const format = useFormatter();
  const { now } = useLiveClient();
  const opening = useOffice()?.nextOpening(now(), 1) ?? null;
  return (
    <>
      <Menu.Label>{t("snoozeTitle")}</Menu.Label>
      {SNOOZES.map((hours) => (
        <Menu.Item key={hours} onClick={() => onUntil(snoozedFor(hours, now()))}>
          {t(`snoozeFor.${hours}`)}
        </Menu.Item>
      ))}
      {opening === null ? null : (
        <Menu.Item onClick={() => onUntil(new Date(opening).toISOString())}>
          {t("snoozeToOpening", { when: format.dateTime(new Date(opening), OPENING) })}
        </Menu.Item>
      )}
    </>
  );
}

const OPENING = {
  weekday: "short",
  day: "numeric",
  month: "short",
  hour: "2-digit",
  minute: "2-digit",
  hourCycle: "h23",
} as const;

"use client";
import { Menu } from "@mantine/core";
import { useTranslations } from "use-intl";
import { useLiveClient } from "../live/live-provider.tsx";
import { useWhen } from "../ui/use-when.ts";
import { SNOOZES, snoozedFor } from "./snoozes.ts";
import { useOffice } from "./use-office.ts";

/** For how long something is put off: hours, or until the office opens on another day. @param onUntil is told the time, ISO 8601 */
export function SnoozeItems({ onUntil }: { readonly onUntil: (until: string) => void }) {
  const t = useTranslations("retention");
  const when = useWhen();
  const { now } = useLiveClient();
  const office = useOffice();
  // While it is open the next opening is on another day: after lunch nobody is off for the day.
  const opening = office?.nextOpening(now(), office.isOpen(now()) ? 1 : 0) ?? null;
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
          {t("snoozeToOpening", { when: when(new Date(opening).toISOString()) })}
        </Menu.Item>
      )}
    </>
  );
}

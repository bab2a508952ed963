"use client";
import { useTranslations } from "use-intl";
import { useLiveClient } from "../live/live-provider.tsx";
import { plainText } from "../ui/plain-text.ts";
import { useWhen } from "../ui/use-when.ts";
import styles from "./call-form.module.css";
import { useOffice } from "./use-office.ts";

/** Says that the office is closed, before somebody calls a customer at such an hour; nothing while it is open. */
export function ClosedOffice() {
  const t = useTranslations("retention.call");
  const when = useWhen();
  const office = useOffice();
  const now = useLiveClient().now();
  if (!office || office.isOpen(now)) return null;
  const opening = office.nextOpening(now);
  const holiday = office.holidayAt(now);
  return (
    <p className={styles.warning} role="note">
      {t("closed", {
        isHoliday: String(holiday !== null),
        name: plainText(holiday ?? ""),
        opens: String(opening !== null),
        when: opening === null ? "" : when(new Date(opening).toISOString()),
      })}
    </p>
  );
}

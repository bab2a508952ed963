"use client";
import { UnstyledButton } from "@mantine/core";
import { useFormatter, useTranslations } from "use-intl";
import type { Mended } from "./address.ts";
import styles from "./address-notice.module.css";
import { isBusinessDate } from "./business-date.ts";

interface AddressNoticeProps {
  readonly mended: readonly Mended[];
  /** The day that is shown instead. */
  readonly date: string;
  /** Back to an address that says what is shown. */
  readonly onBack: () => void;
}

/** What of the address could not be honoured, in words, and the way back. */
export function AddressNotice({ mended, date, onBack }: AddressNoticeProps) {
  const t = useTranslations("orders.mended");
  const format = useFormatter();
  if (mended.length === 0) return null;
  const day = (text: string) =>
    isBusinessDate(text) ? format.dateTime(new Date(`${text}T12:00:00Z`), DAY) : text;
  return (
    <div className={styles.notice} role="status">
      {mended.map(({ part, given, why }) => (
        <span key={part}>
          {t(part === "with" && why === "future" ? "comparedFuture" : why, {
            given: day(given.slice(0, 40)),
            shown: day(date),
          })}
        </span>
      ))}
      <UnstyledButton className={styles.back} onClick={onBack}>
        {t("back")}
      </UnstyledButton>
    </div>
  );
}

const DAY = { year: "numeric", month: "short", day: "numeric", timeZone: "UTC" } as const;

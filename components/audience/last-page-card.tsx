"use client";
import { useTranslations } from "use-intl";
import type { LastPage } from "#server/contracts/api/audience.ts";
import { plainText } from "../ui/plain-text.ts";
import { useAge } from "../ui/use-age.ts";
import { useMoment } from "../ui/use-moment.ts";
import { usePageType } from "../ui/use-page-type.ts";
import styles from "./last-page-card.module.css";

/** One device's last page with its time, age and status (rule P4). */
export function LastPageCard({ item }: { readonly item: LastPage }) {
  const t = useTranslations("audience.lookUp");
  const names = useTranslations("audience.now");
  const moment = useMoment();
  const age = useAge();
  const typeWords = usePageType();
  const { pageType, pageName, eventTime, ageSeconds, status } = item;
  const served = status === "PRESENT";
  return (
    <li className={styles.card}>
      <div className={styles.head}>
        <strong>{plainText(pageName ?? names("unnamedPage"))}</strong>
        <span className={served ? styles.present : styles.outside}>{t(status)}</span>
      </div>
      <div className={styles.line}>
        <span>{pageType === null ? names("unnamedType") : typeWords(pageType)}</span>
        {eventTime === null || ageSeconds === null ? null : (
          <time dateTime={eventTime}>
            {moment(eventTime)} · {t("age", { age: age(ageSeconds) })}
          </time>
        )}
      </div>
      <div className={styles.device}>
        {item.deviceId ? t("device", { device: item.deviceId }) : t("emptyDevice")}
      </div>
    </li>
  );
}

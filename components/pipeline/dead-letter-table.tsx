"use client";
import { useFormatter, useTranslations } from "use-intl";
import type { DeadLetter } from "../../server/contracts/api/dead-letters.ts";
import { useMoment } from "../ui/use-moment.ts";
import styles from "./dead-letter-table.module.css";

/** Refused lines, newest first; on a narrow screen each row is a card. */
export function DeadLetterTable({ items }: { readonly items: readonly DeadLetter[] }) {
  const t = useTranslations("pipeline.deadLetters");
  const streams = useTranslations("pipeline.streams");
  const format = useFormatter();
  const moment = useMoment();
  return (
    <table className={styles.table}>
      <thead>
        <tr>
          <th scope="col">{t("receivedAt")}</th>
          <th scope="col">{t("stream")}</th>
          <th scope="col">{t("code")}</th>
          <th scope="col">{t("field")}</th>
          <th scope="col" className={styles.number}>
            {t("line")}
          </th>
          <th scope="col">{t("message")}</th>
        </tr>
      </thead>
      <tbody>
        {items.map((item) => (
          <tr key={item.id}>
            <td data-label={t("receivedAt")}>{moment(item.receivedAt)}</td>
            <td data-label={t("stream")}>{streams(item.stream)}</td>
            <td data-label={t("code")}>
              <code>{item.code}</code>
            </td>
            <td data-label={t("field")}>{item.field === null ? "—" : <code>{item.field}</code>}</td>
            <td data-label={t("line")} className={styles.number}>
              {format.number(item.line)}
            </td>
            <td data-label={t("message")}>{item.message}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

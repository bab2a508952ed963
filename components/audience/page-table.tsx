"use client";
import { useFormatter, useTranslations } from "use-intl";
import type { AudienceNow } from "../../server/contracts/api/audience.ts";
import styles from "./page-table.module.css";

/** The same people by page, for those who read rather than look. */
export function PageTable({ pages }: { readonly pages: AudienceNow["byPage"] }) {
  const t = useTranslations("audience.now");
  const format = useFormatter();
  return (
    <table className={styles.table}>
      <caption className={styles.caption}>{t("byPage")}</caption>
      <thead>
        <tr>
          <th scope="col">{t("pageType")}</th>
          <th scope="col">{t("page")}</th>
          <th scope="col" className={styles.number}>
            {t("people")}
          </th>
        </tr>
      </thead>
      <tbody>
        {pages.map(({ pageType, pageName, accounts }) => (
          <tr key={JSON.stringify([pageType, pageName])}>
            <td>{pageType ?? t("unnamedType")}</td>
            <td>{pageName ?? t("unnamedPage")}</td>
            <td className={styles.number}>{format.number(accounts)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

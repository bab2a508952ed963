"use client";
import { useRef } from "react";
import { useFormatter, useTranslations } from "use-intl";
import type { AudienceNow } from "#server/contracts/api/audience.ts";
import { Glow } from "../ui/glow.tsx";
import { plainText } from "../ui/plain-text.ts";
import { usePageType } from "../ui/use-page-type.ts";
import { keepPlaces } from "./keep-places.ts";
import styles from "./page-table.module.css";

/** The same people by page, for those who read rather than look. */
export function PageTable({ pages }: { readonly pages: AudienceNow["byPage"] }) {
  const t = useTranslations("audience.now");
  const format = useFormatter();
  const typeWords = usePageType();
  const shown = useRef<readonly string[]>([]);
  const rows = keepPlaces(pages, pageKey, shown.current);
  shown.current = rows.map(pageKey);
  return (
    <>
      <h3 className={styles.caption}>{t("byPage")}</h3>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard */}
      <section className={styles.scroll} aria-label={t("byPage")} tabIndex={0}>
        <table className={styles.table}>
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
            {rows.map(({ pageType, pageName, accounts }) => (
              <tr key={pageKey({ pageType, pageName })}>
                <td>{pageType === null ? t("unnamedType") : typeWords(pageType)}</td>
                <td>{plainText(pageName ?? t("unnamedPage"))}</td>
                <td className={styles.number}>
                  <Glow value={format.number(accounts)} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </>
  );
}

const pageKey = ({ pageType, pageName }: Pick<AudienceNow["byPage"][number], "pageType" | "pageName">) =>
  JSON.stringify([pageType, pageName]);

"use client";
import Link from "next/link";
import { useTranslations } from "use-intl";
import type { PreviewRow } from "#server/contracts/api/import-preview.ts";
import { formatFen, parseFen } from "#server/contracts/money.ts";
import { useMoney } from "../ui/use-money.ts";
import styles from "./import-panel.module.css";
import type { ImportPreview } from "./use-import.ts";
import { usePreviewRows } from "./use-preview-rows.ts";

/** Open cases whose customers the import would change, each with what would change under it. */
export function ImportAffected({ shown }: { readonly shown: ImportPreview }) {
  const t = useTranslations("keyUsers.importing");
  const count = shown.result?.affectedCases ?? 0;
  const { data } = usePreviewRows(shown, "affected", count > 0);
  if (count === 0) return null;
  const rows = data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <section className={styles.part}>
      <h3>{t("affectedCases")}</h3>
      <ul className={styles.affected}>
        {rows.map((row) => (
          <li key={row.line}>
            <strong>{row.userId}</strong>
            <span>
              <Effect row={row} />
            </span>
            <Link href={`/retention/${row.openCaseId}`}>{t("caseOf", { id: row.openCaseId ?? "" })} ›</Link>
          </li>
        ))}
      </ul>
      {count > rows.length && rows.length > 0 ? (
        <p className={styles.quiet}>{t("more", { count: count - rows.length })}</p>
      ) : null}
    </section>
  );
}

function Effect({ row }: { readonly row: PreviewRow }) {
  const t = useTranslations("keyUsers.importing");
  const money = useMoney();
  const difference = (parseFen(row.premiumAfter ?? "") ?? 0n) - (parseFen(row.premiumBefore ?? "") ?? 0n);
  if (difference !== 0n) return t("effectBaseline", { amount: money(formatFen(difference), "always") });
  return row.infoBefore === row.infoAfter ? t("effectTime") : t("effectCover");
}

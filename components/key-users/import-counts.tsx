"use client";
import { useFormatter, useTranslations } from "use-intl";
import type { ImportResult } from "#server/contracts/api/key-users.ts";
import styles from "./import-panel.module.css";

const COUNTS = ["changed", "added", "unchanged", "rejected", "conflicting", "affectedCases"] as const;

/** What would become of the lines, in figures: all but the cases add up to the file. */
export function ImportCounts({ result }: { readonly result: ImportResult }) {
  const t = useTranslations("keyUsers.importing");
  const format = useFormatter();
  const counts = { ...result, rejected: result.refused };
  return (
    <dl className={styles.counts}>
      {COUNTS.map((name) => (
        <div key={name} data-name={name} data-some={counts[name] > 0 || undefined}>
          <dt>{t(name)}</dt>
          <dd>{format.number(counts[name])}</dd>
        </div>
      ))}
    </dl>
  );
}

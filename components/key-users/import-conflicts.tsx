"use client";
import { useFormatter, useTranslations } from "use-intl";
import type { ImportConflict } from "#server/contracts/api/key-users.ts";
import styles from "./import-panel.module.css";

/** Rows shown in full; the rest is counted. */
const MAX_ROWS = 6;

/** Rows that somebody else, or the stream, has changed since they were exported: what stands is kept. */
export function ImportConflicts({ conflicts }: { readonly conflicts: readonly ImportConflict[] }) {
  const t = useTranslations("keyUsers.importing");
  if (conflicts.length === 0) return null;
  return (
    <section className={styles.group}>
      <h3>{t("conflicts")}</h3>
      <p className={styles.quiet}>{t("conflictNote")}</p>
      <ul className={styles.reasons}>
        {conflicts.slice(0, MAX_ROWS).map((conflict) => (
          <li key={conflict.line}>
            <span className={styles.lines}>{t("ranges", { count: 1, ranges: String(conflict.line) })}</span>
            <Conflict conflict={conflict} />
          </li>
        ))}
        {conflicts.length > MAX_ROWS ? <li>{t("more", { count: conflicts.length - MAX_ROWS })}</li> : null}
      </ul>
    </section>
  );
}

function Conflict({ conflict: { userId, fields, updatedBy } }: { readonly conflict: ImportConflict }) {
  const t = useTranslations("keyUsers.importing");
  const format = useFormatter();
  const stream = useTranslations("keyUsers.row")("stream");
  const named = format.list(
    fields.map((field) => t(`fields.${field}`)),
    { type: "conjunction" },
  );
  const who = updatedBy === "stream" ? stream : updatedBy;
  return (
    <span>
      <strong>{userId}</strong> {t("conflict", { fields: named, who })}
    </span>
  );
}

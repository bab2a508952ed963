"use client";
import { useTranslations } from "use-intl";
import type { ImportResult } from "../../server/contracts/api/key-users.ts";
import styles from "./import-panel.module.css";
import { groupRejects, type RejectGroup } from "./prepare-rejects.ts";

/** Reasons shown in full; the rest is counted. */
const MAX_GROUPS = 6;

/** Refused lines by their reason; without any, that all can be imported. */
export function ImportReasons({ result }: { readonly result: ImportResult }) {
  const t = useTranslations("keyUsers.importing");
  const groups = groupRejects(result.rejected);
  const hidden = groups.slice(MAX_GROUPS).reduce((sum, group) => sum + group.count, 0);
  if (groups.length === 0) return <Clean result={result} />;
  return (
    <section className={styles.group}>
      <h3>{t("rejected")}</h3>
      <ul className={styles.reasons}>
        {groups.slice(0, MAX_GROUPS).map((group) => (
          <li key={`${group.code} ${group.field}`}>
            <span className={styles.lines}>{t("ranges", { count: group.count, ranges: group.ranges })}</span>
            <span>
              <Reason group={group} />
            </span>
            <code>{group.code}</code>
          </li>
        ))}
        {hidden > 0 ? <li>{t("more", { count: hidden })}</li> : null}
      </ul>
    </section>
  );
}

function Clean({ result }: { readonly result: ImportResult }) {
  const t = useTranslations("keyUsers.importing");
  if (result.added + result.changed > 0) return <p className={styles.quiet}>{t("clean")}</p>;
  return result.conflicts.length > 0 ? null : <p className={styles.quiet}>{t("nothing")}</p>;
}

function Reason({ group: { code, field } }: { readonly group: RejectGroup }) {
  const t = useTranslations("keyUsers.importing");
  const ownKey = `reasons.${field ?? "row"}.${code}` as "reasons.row.bad_type";
  const reasonKey = `reasons.${code}` as "reasons.bad_amount";
  const fieldKey = `fields.${field}` as "fields.id";
  const reason = t.has(ownKey) ? t(ownKey) : t.has(reasonKey) ? t(reasonKey) : code;
  if (field === null) return reason;
  return t("of", { field: t.has(fieldKey) ? t(fieldKey) : field, reason });
}

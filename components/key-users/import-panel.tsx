"use client";
import { Button } from "@mantine/core";
import { useFormatter, useTranslations } from "use-intl";
import type { ImportResult } from "../../server/contracts/api/key-users.ts";
import { Panel } from "../ui/panel.tsx";
import styles from "./import-panel.module.css";
import { groupRejects, type RejectGroup } from "./prepare-rejects.ts";
import type { useImport } from "./use-import.ts";

export interface ImportPanelProps {
  readonly importing: ReturnType<typeof useImport>;
  readonly file: File;
  readonly result: ImportResult;
}

/** Reasons shown in full; the rest is counted. */
const MAX_GROUPS = 6;
const COUNTS = ["added", "changed", "unchanged", "rejected", "affectedCases"] as const;

/** What an import of the chosen file would do, and the choice to do it. */
export function ImportPanel(props: ImportPanelProps) {
  const t = useTranslations("keyUsers.importing");
  const { added, changed, unchanged, rejected } = props.result;
  const lines = added + changed + unchanged + rejected.length;
  return (
    <Panel
      title={t("title")}
      note={t("lines", { file: props.file.name, count: lines })}
      actions={<Choices {...props} />}
      className={styles.panel}
    >
      <Counts result={props.result} />
      <Reasons result={props.result} />
    </Panel>
  );
}

/** With refused lines, mending them comes first; importing the rest is the second choice. */
function Choices({ importing: { preview, run }, file, result }: ImportPanelProps) {
  const t = useTranslations("keyUsers.importing");
  const page = useTranslations("keyUsers");
  const refused = result.rejected.length;
  const news = result.added + result.changed;
  return (
    <div className={styles.choices}>
      <Button variant="default" disabled={run.isPending} onClick={() => preview.reset()}>
        {page("cancel")}
      </Button>
      {news > 0 ? (
        <Button
          variant={refused > 0 ? "default" : "filled"}
          loading={run.isPending}
          onClick={() => run.mutate(file)}
        >
          {refused > 0 ? t("skip", { count: refused }) : t("run", { count: news })}
        </Button>
      ) : null}
      {refused > 0 ? (
        <Button disabled={run.isPending} onClick={() => preview.reset()}>
          {t("fixFirst")}
        </Button>
      ) : null}
    </div>
  );
}

function Counts({ result }: { readonly result: ImportResult }) {
  const t = useTranslations("keyUsers.importing");
  const format = useFormatter();
  const counts = { ...result, rejected: result.rejected.length };
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

function Reasons({ result }: { readonly result: ImportResult }) {
  const t = useTranslations("keyUsers.importing");
  const groups = groupRejects(result.rejected);
  const hidden = groups.slice(MAX_GROUPS).reduce((sum, group) => sum + group.count, 0);
  if (groups.length === 0) {
    return <p className={styles.quiet}>{result.added + result.changed > 0 ? t("clean") : t("nothing")}</p>;
  }
  return (
    <ul className={styles.reasons}>
      {groups.slice(0, MAX_GROUPS).map((group) => (
        <li key={`${group.code} ${group.field}`}>
          <code>{group.code}</code> <Reason group={group} />
        </li>
      ))}
      {hidden > 0 ? <li>{t("more", { count: hidden })}</li> : null}
    </ul>
  );
}

function Reason({ group: { code, field, count, ranges } }: { readonly group: RejectGroup }) {
  const t = useTranslations("keyUsers.importing");
  const known = code as Parameters<typeof t.has>[0];
  const reason = t.has(`reasons.${known}` as Parameters<typeof t.has>[0])
    ? t(`reasons.${code}` as "reasons.bad_amount")
    : code;
  return t("group", { count, ranges, reason: field === null ? reason : `${field} ${reason}` });
}

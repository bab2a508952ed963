"use client";
import { Button, UnstyledButton } from "@mantine/core";
import { IconChevronDown, IconChevronRight } from "@tabler/icons-react";
import { type ReactNode, useId, useState } from "react";
import { useFormatter, useTranslations } from "use-intl";
import type { PreviewGroup } from "#server/contracts/api/import-preview.ts";
import type { ImportResult } from "#server/contracts/api/key-users.ts";
import { LoadFailed } from "../ui/load-failed.tsx";
import styles from "./import-groups.module.css";
import { ImportReasons } from "./import-reasons.tsx";
import { PreviewLine } from "./preview-line.tsx";
import type { Importing, ImportPreview } from "./use-import.ts";
import { usePreviewRows } from "./use-preview-rows.ts";

export interface ImportGroupsProps {
  readonly importing: Importing;
  readonly shown: ImportPreview;
  readonly result: ImportResult;
}

/** The lines of the file by what becomes of them, row by row: before and after. What asks for a decision is open. */
export function ImportGroups({ importing, shown, result }: ImportGroupsProps) {
  const t = useTranslations("keyUsers.importing");
  const { changed, added, unchanged, conflicting, refused } = result;
  const rows = (group: PreviewGroup, count: number, isOpen = false) => (
    <Group
      name={t(group)}
      note={group === "changed" || group === "conflicting" ? t(`${group}Note`) : null}
      count={count}
      startsOpen={isOpen}
    >
      <Rows importing={importing} shown={shown} group={group} count={count} />
    </Group>
  );
  return (
    <div className={styles.groups}>
      {rows("changed", changed, true)}
      {rows("conflicting", conflicting, true)}
      <Group name={t("rejected")} note={t("rejectedNote")} count={refused} startsOpen isAlert>
        <ImportReasons shown={shown} />
      </Group>
      {rows("added", added, changed + conflicting + refused === 0)}
      {rows("unchanged", unchanged)}
    </div>
  );
}

interface GroupProps {
  readonly name: string;
  readonly note: string | null;
  readonly count: number;
  readonly startsOpen: boolean;
  readonly isAlert?: boolean;
  readonly children: ReactNode;
}

function Group({ name, note, count, startsOpen, isAlert = false, children }: GroupProps) {
  const format = useFormatter();
  const [isOpen, setOpen] = useState(startsOpen);
  const id = useId();
  if (count === 0) return null;
  const Chevron = isOpen ? IconChevronDown : IconChevronRight;
  return (
    <section aria-labelledby={id} className={styles.group} data-alert={isAlert || undefined}>
      <h3 id={id}>
        <UnstyledButton className={styles.head} aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
          <Chevron size={16} aria-hidden="true" />
          <strong>{name}</strong>
          <span className={styles.count}>{format.number(count)}</span>
          {note ? <span className={styles.note}>{note}</span> : null}
        </UnstyledButton>
      </h3>
      {isOpen ? children : null}
    </section>
  );
}

function Rows({
  importing,
  shown,
  group,
  count,
}: Omit<ImportGroupsProps, "result"> & { readonly group: PreviewGroup; readonly count: number }) {
  const t = useTranslations("keyUsers.importing");
  const columns = useTranslations("keyUsers.columns");
  const { data, isError, isFetchingNextPage, hasNextPage, fetchNextPage } = usePreviewRows(
    shown,
    group,
    true,
  );
  if (isError) {
    return (
      <LoadFailed message={t("rowsFailed")} retry={t("lookAgain")} onRetry={() => importing.choose({})} />
    );
  }
  if (!data) return <div className={styles.skeleton} aria-hidden="true" />;
  const rows = data.pages.flatMap((page) => page.items);
  return (
    <>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by the keyboard */}
      <section className={styles.scroller} tabIndex={0} aria-label={t(group)}>
        <table className={styles.table}>
          <thead>
            <tr>
              <th scope="col">{t("row")}</th>
              <th scope="col">{columns("customer")}</th>
              <th scope="col" className={styles.amount}>
                {columns("baseline")}
              </th>
              <th scope="col">{columns("cover")}</th>
              <th scope="col">{columns("state")}</th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <PreviewLine key={row.line} row={row} isNew={group === "added"} />
            ))}
          </tbody>
        </table>
      </section>
      {hasNextPage ? (
        <Button
          variant="subtle"
          className={styles.more}
          loading={isFetchingNextPage}
          onClick={() => void fetchNextPage()}
        >
          {t("showMore", { count: Math.max(1, Math.min(count - rows.length, 200)) })}
        </Button>
      ) : null}
    </>
  );
}

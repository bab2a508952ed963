"use client";
import { UnstyledButton } from "@mantine/core";
import { IconChevronDown, IconChevronUp } from "@tabler/icons-react";
import type { ColumnSort, ListColumn } from "./column.ts";
import styles from "./list.module.css";
import { ResizeHandle } from "./resize-handle.tsx";
import type { Columns } from "./use-columns.ts";

interface ColumnHeadsProps {
  readonly columns: Columns;
  readonly classNames: Readonly<Record<string, string | undefined>>;
  /** What the edge of a column says to who does not see it. */
  readonly resizeLabel: (words: string) => string;
}

const ARIA_SORT = { asc: "ascending", desc: "descending" } as const;

/** Heads of a table's columns, each but the last with an edge that can be moved; a press on one sorts by it, where that can be. */
export function TableHeads(props: ColumnHeadsProps) {
  return (
    <thead className={styles.heads}>
      <tr aria-rowindex={1} className={styles.columns}>
        {props.columns.columns.map((column, index) => (
          <th
            key={column.id}
            scope="col"
            aria-label={column.words}
            className={props.classNames[column.id]}
            {...(column.sort?.direction ? { "aria-sort": ARIA_SORT[column.sort.direction] } : {})}
          >
            {column.sort ? (
              <Sorter column={column} sort={column.sort} />
            ) : (
              <span className={styles.words}>{column.words}</span>
            )}
            <Edge index={index} {...props} />
          </th>
        ))}
      </tr>
    </thead>
  );
}

/** The words of a column that can be sorted by, and which way it goes. Hidden with the heads where rows are cards. */
function Sorter({ column, sort }: { readonly column: ListColumn; readonly sort: ColumnSort }) {
  const Arrow = sort.direction === "asc" ? IconChevronUp : IconChevronDown;
  return (
    <UnstyledButton className={styles.sorter} data-end={column.isEnd || undefined} onClick={sort.onPress}>
      <span className={styles.words}>{column.words}</span>
      {sort.direction === null ? null : <Arrow size={14} aria-hidden="true" />}
    </UnstyledButton>
  );
}

/** The same over rows that are buttons, each of which says all of its own: only the edges are there for everybody. */
export function PlainHeads(props: ColumnHeadsProps) {
  return (
    <div className={`${styles.columns} ${styles.plain}`}>
      {props.columns.columns.map((column, index) => (
        <span key={column.id} className={props.classNames[column.id]}>
          <span className={styles.words} aria-hidden="true">
            {column.words}
          </span>
          <Edge index={index} {...props} />
        </span>
      ))}
    </div>
  );
}

function Edge({
  columns: { columns, widths, resize },
  index,
  resizeLabel,
}: ColumnHeadsProps & { readonly index: number }) {
  const column = columns[index];
  if (!column || index === columns.length - 1) return null;
  return (
    <ResizeHandle
      column={column}
      width={widths[column.id]}
      label={resizeLabel(column.words)}
      onResize={(width) => resize(column, width)}
    />
  );
}

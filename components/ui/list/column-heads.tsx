"use client";
import styles from "./list.module.css";
import { ResizeHandle } from "./resize-handle.tsx";
import type { Columns } from "./use-columns.ts";

interface ColumnHeadsProps {
  readonly columns: Columns;
  readonly classNames: Readonly<Record<string, string | undefined>>;
  /** What the edge of a column says to who does not see it. */
  readonly resizeLabel: (words: string) => string;
}

/** Heads of a table's columns, each but the last with an edge that can be moved. */
export function TableHeads(props: ColumnHeadsProps) {
  return (
    <thead className={styles.heads}>
      <tr aria-rowindex={1} className={styles.columns}>
        {props.columns.columns.map((column, index) => (
          <th key={column.id} scope="col" aria-label={column.words} className={props.classNames[column.id]}>
            <span className={styles.words}>{column.words}</span>
            <Edge index={index} {...props} />
          </th>
        ))}
      </tr>
    </thead>
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

"use client";
import type { CSSProperties, HTMLAttributes, ReactNode, RefObject } from "react";
import type { ListColumn } from "./column.ts";
import { PlainHeads, TableHeads } from "./column-heads.tsx";
import { copyRows, ROW } from "./copy-rows.ts";
import styles from "./list.module.css";
import { useColumns } from "./use-columns.ts";
import { type Rows, useRows } from "./use-rows.ts";

export interface ListProps<Item> {
  /** Under which a browser remembers the widths of its columns. */
  readonly name: string;
  readonly label: string;
  readonly columns: readonly ListColumn[];
  /** The feature's classes, by column. */
  readonly classNames: Readonly<Record<string, string | undefined>>;
  /** What the edge of a column says to who does not see it. */
  readonly resizeLabel: (words: string) => string;
  readonly items: readonly Item[];
  readonly keyOf: (item: Item) => string;
  /** Height of a row, px; on a narrow screen, where it is a card, of that. */
  readonly height: number;
  readonly hasMore: boolean;
  readonly onMore: () => void;
  /** Rows from the end at which the next page is read. */
  readonly ahead: number;
  /** Key of the row that is brought into sight. */
  readonly chosen?: string | null;
  /** What the rows answer to, e.g. their order: another one begins at the top. */
  readonly asked?: string;
  /** They answer to another choice still. */
  readonly isPassing?: boolean;
  /** Instead of rows: while they are read, when they could not be, when there are none. */
  readonly instead?: ReactNode;
  /** A table whose rows hold cells, counted with those that were not read yet; else each row is one button. */
  readonly table?: {
    readonly total: number;
    readonly rowProps: (item: Item) => HTMLAttributes<HTMLTableRowElement>;
  };
  /** The cells of a row, or its button. */
  readonly children: (item: Item) => ReactNode;
}

/** A list that may be long: its columns are as wide as a person wants them, and only the rows in sight are there. */
export function List<Item>(props: ListProps<Item>) {
  const { items, keyOf, chosen = null, instead, table, isPassing = false } = props;
  const columns = useColumns(props.name, props.columns);
  const rows = useRows({
    ...props,
    count: items.length,
    keyOf: (index) => keyOf(items[index] as Item),
    chosen: chosen === null ? -1 : items.findIndex((item) => keyOf(item) === chosen),
  });
  const heads = { columns, classNames: props.classNames, resizeLabel: props.resizeLabel };
  return (
    <div className={styles.list} style={{ "--list-columns": columns.template } as CSSProperties}>
      {table ? null : <PlainHeads {...heads} />}
      {instead === undefined ? (
        <div className={styles.body}>
          <Scroller at={rows.scroller} label={table ? undefined : props.label}>
            {table ? (
              <table
                className={styles.table}
                aria-label={props.label}
                aria-rowcount={table.total + 1}
                aria-busy={isPassing || undefined}
              >
                <TableHeads {...heads} />
                <TableRows rows={rows} table={table} {...props} />
              </table>
            ) : (
              <PlainRows rows={rows} {...props} />
            )}
          </Scroller>
        </div>
      ) : (
        <div className={styles.body}>{instead}</div>
      )}
    </div>
  );
}

interface ScrollerProps {
  readonly at: RefObject<HTMLElement | null>;
  readonly label: string | undefined;
  readonly children: ReactNode;
}

function Scroller({ at, label, children }: ScrollerProps) {
  return (
    <section
      ref={at}
      className={styles.scroller}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by the keyboard
      tabIndex={0}
      onCopy={copyRows}
      {...(label ? { "aria-label": label } : {})}
    >
      {children}
    </section>
  );
}

type RowsProps<Item> = Pick<ListProps<Item>, "items" | "children"> & { readonly rows: Rows };

const placed = ({ size, start }: Rows["shown"][number]): CSSProperties => ({
  height: size,
  transform: `translateY(${start}px)`,
});

function TableRows<Item>({
  rows,
  items,
  table,
  children,
}: RowsProps<Item> & { readonly table: NonNullable<ListProps<Item>["table"]> }) {
  return (
    <tbody className={styles.rows} style={{ height: rows.total }}>
      {rows.shown.map((row) => {
        const item = items[row.index];
        return item === undefined ? null : (
          <tr
            key={row.key}
            {...ROW}
            aria-rowindex={row.index + 2}
            {...table.rowProps(item)}
            className={`${styles.row} ${styles.slot} ${table.rowProps(item).className ?? ""}`}
            style={placed(row)}
          >
            {children(item)}
          </tr>
        );
      })}
    </tbody>
  );
}

function PlainRows<Item>({ rows, items, children }: RowsProps<Item>) {
  return (
    <div className={styles.rows} style={{ height: rows.total }}>
      {rows.shown.map((row) => {
        const item = items[row.index];
        return item === undefined ? null : (
          <div key={row.key} {...ROW} className={styles.slot} style={placed(row)}>
            {children(item)}
          </div>
        );
      })}
    </div>
  );
}

/** Rows while they are read. */
export function ListSkeleton({ rows }: { readonly rows: number }) {
  return Array.from({ length: rows }, (_, row) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: rows of a skeleton are all alike
    <div key={row} className={styles.skeleton} data-skeleton="" aria-hidden="true" />
  ));
}

/** How a list stands to one column's order. */
export interface ColumnSort {
  /** Which way its rows go by this column now; null: they go by another one. */
  readonly direction: "asc" | "desc" | null;
  /** What a press on the head does. */
  readonly onPress: () => void;
}

/** One column of a list. */
export interface ListColumn {
  readonly id: string;
  readonly words: string;
  /** Width that it has by itself, as CSS grid writes it. */
  readonly track: string;
  /** Narrowest that a person may make it, px. */
  readonly least: number;
  /** Its figures stand at its right side. */
  readonly isEnd?: boolean;
  /** Of a table: its rows can be sorted by this column. */
  readonly sort?: ColumnSort;
}

/** Widths that a person chose, px by column. */
export type ColumnWidths = Readonly<Record<string, number>>;

/** Widest that a person may make a column, px: rows stay within the list all the same, see `templateOf`. */
export const WIDEST = 1200;

export const clampWidth = ({ least }: Pick<ListColumn, "least">, width: number): number =>
  Math.round(Math.min(WIDEST, Math.max(least, width)));

/** The columns as CSS grid takes them. A chosen width yields where the window is too narrow for it, so nothing overflows. */
export const templateOf = (columns: readonly ListColumn[], widths: ColumnWidths): string =>
  columns
    .map(({ id, track, least }) => {
      const width = widths[id];
      return width === undefined ? track : `minmax(${least}px, ${width}px)`;
    })
    .join(" ");

/** What a browser remembers is whatever somebody put there: only widths of columns that there are count. */
export function knownWidths(columns: readonly ListColumn[], stored: unknown): ColumnWidths {
  if (typeof stored !== "object" || stored === null) return {};
  const given = stored as Readonly<Record<string, unknown>>;
  return Object.fromEntries(
    columns.flatMap((column) => {
      const width = given[column.id];
      return typeof width === "number" && Number.isFinite(width)
        ? [[column.id, clampWidth(column, width)]]
        : [];
    }),
  );
}

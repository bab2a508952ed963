"use client";
import { useLocalStorage } from "@mantine/hooks";
import { useMemo } from "react";
import { type ColumnWidths, clampWidth, knownWidths, type ListColumn, templateOf } from "./column.ts";

export interface Columns {
  readonly columns: readonly ListColumn[];
  readonly widths: ColumnWidths;
  /** For CSS grid. */
  readonly template: string;
  /** @param width px; null: as the column is by itself */
  readonly resize: (column: ListColumn, width: number | null) => void;
}

/** The columns of a list in the widths that were chosen in this browser. @param name under which it remembers them */
export function useColumns(name: string, columns: readonly ListColumn[]): Columns {
  const [stored, setStored] = useLocalStorage<unknown>({
    key: `tidewatch-columns-${name}`,
    defaultValue: {},
  });
  return useMemo(() => {
    const widths = knownWidths(columns, stored);
    const resize: Columns["resize"] = (column, width) =>
      setStored((before: unknown) => {
        const { [column.id]: _, ...others } = knownWidths(columns, before);
        return width === null ? others : { ...others, [column.id]: clampWidth(column, width) };
      });
    return { columns, widths, template: templateOf(columns, widths), resize };
  }, [columns, stored, setStored]);
}

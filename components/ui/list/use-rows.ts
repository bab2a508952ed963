"use client";
import { useVirtualizer } from "@tanstack/react-virtual";
import { type RefObject, useEffect, useRef } from "react";

const OVERSCAN = 8;

export interface RowsOptions {
  readonly count: number;
  readonly keyOf: (index: number) => string;
  /** px */
  readonly height: number;
  readonly hasMore: boolean;
  readonly onMore: () => void;
  /** Rows from the end at which the next page is read. */
  readonly ahead: number;
  /** Row that is brought into sight; -1: none. */
  readonly chosen: number;
  /** What the rows answer to: another choice begins at the top. */
  readonly asked?: string;
}

export interface Rows {
  readonly scroller: RefObject<HTMLElement | null>;
  /** px, of all rows. */
  readonly total: number;
  /** Those in sight and around it. */
  readonly shown: readonly {
    readonly key: string;
    readonly index: number;
    readonly size: number;
    readonly start: number;
  }[];
}

/** Only the rows in sight are in the document, however long the list is; near its end the next page is read. */
export function useRows({ count, keyOf, height, hasMore, onMore, ahead, chosen, asked }: RowsOptions): Rows {
  const scroller = useRef<HTMLElement>(null);
  const rows = useVirtualizer({
    count,
    getScrollElement: () => scroller.current,
    estimateSize: () => height,
    overscan: OVERSCAN,
    getItemKey: keyOf,
  });
  useEffect(() => {
    rows.measure();
    void height; // another shape, another height
  }, [rows, height]);
  useEffect(() => {
    void asked; // another choice, another beginning
    scroller.current?.scrollTo({ top: 0 });
  }, [asked]);
  const last = rows.getVirtualItems().at(-1)?.index ?? 0;
  useEffect(() => {
    if (hasMore && last >= count - ahead) onMore();
  }, [hasMore, last, count, ahead, onMore]);
  useEffect(() => {
    if (chosen >= 0) rows.scrollToIndex(chosen, { align: "auto" });
  }, [chosen, rows]);
  const shown = rows
    .getVirtualItems()
    .map(({ key, index, size, start }) => ({ key: String(key), index, size, start }));
  return { scroller, total: rows.getTotalSize(), shown };
}

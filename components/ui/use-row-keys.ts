"use client";
import { useMemo } from "react";
import { useKeys } from "./keys.tsx";

/** What the list of keys says of these. */
interface RowKeysWords {
  readonly title: string;
  readonly next: string;
  readonly previous: string;
}

/**
 * j and k go from row to row; Enter opens the one that has the focus, as it presses any button.
 * @param rows selects what takes the focus in each row
 */
export function useRowKeys(rows: string, { title, next, previous }: RowKeysWords): void {
  const group = useMemo(
    () => ({
      title,
      shortcuts: [
        { key: "j", words: next, run: () => move(rows, 1) },
        { key: "k", words: previous, run: () => move(rows, -1) },
      ],
    }),
    [rows, title, next, previous],
  );
  useKeys(group);
}

function move(selector: string, step: 1 | -1): void {
  const rows = [...document.querySelectorAll<HTMLElement>(selector)];
  const at = document.activeElement instanceof HTMLElement ? rows.indexOf(document.activeElement) : -1;
  rows[at < 0 ? 0 : Math.min(rows.length - 1, Math.max(0, at + step))]?.focus();
}

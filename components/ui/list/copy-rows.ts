import type { ClipboardEvent } from "react";

/** Marks what holds the cells of one row. */
export const ROW = { "data-row": "" } as const;

/**
 * Puts a selection that spans cells on the clipboard as rows and cells, with tabs between them, as tables of spreadsheets take
 * them; left to itself a grid gives each cell a line of its own (case 29). A selection within one cell stays what it is.
 */
export function copyRows(event: ClipboardEvent<HTMLElement>): void {
  const selection = document.getSelection();
  if (!selection || selection.isCollapsed) return;
  const rows = [...event.currentTarget.querySelectorAll<HTMLElement>("[data-row]")]
    .filter((row) => selection.containsNode(row, true))
    .map((row) =>
      cellsOf(row)
        .filter((cell) => selection.containsNode(cell, true))
        .map(textOf),
    );
  if (rows.flat().length < 2) return;
  event.clipboardData.setData("text/plain", rows.map((cells) => cells.join("\t")).join("\n"));
  event.preventDefault();
}

/** A row of a table holds its cells; any other holds one button that does. */
const cellsOf = (row: HTMLElement): Element[] => [
  ...(row instanceof HTMLTableRowElement ? row : (row.firstElementChild ?? row)).children,
];

const textOf = (cell: Element): string => (cell.textContent ?? "").replace(/\s+/g, " ").trim();

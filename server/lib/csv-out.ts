import { stringify } from "csv-stringify/sync";
import { guarded } from "../contracts/formula-guard.ts";

type Cell = string | number | null | undefined;

/** A column of a CSV that people open in spreadsheets. */
export interface CsvColumn<Row> {
  readonly name: string;
  readonly of: (row: Row) => Cell;
  /**
   * Whether people write what stands here: then it is guarded, as it could begin a formula. Numbers, times and words of our
   * own stay what they are.
   */
  readonly isText?: boolean;
}

/** A lone carriage return would end a line of the file. */
const QUOTED = { quoted_match: /\r/ };

/** The first line, after the mark by which spreadsheets see UTF-8. */
export const csvHeader = <Row>(columns: readonly CsvColumn<Row>[]): string =>
  stringify([columns.map(({ name }) => name)], { bom: true });

/** Lines of a CSV; a missing cell is blank. */
export function csvLines<Row>(columns: readonly CsvColumn<Row>[], rows: readonly Row[]): string {
  const cellsOf = (row: Row): Cell[] =>
    columns.map(({ of, isText }) => {
      const cell = of(row);
      return isText && typeof cell === "string" ? guarded(cell) : cell;
    });
  return stringify(rows.map(cellsOf), QUOTED);
}

/** Lines for programs, every cell exactly as it is: no mark, no guards. */
export const exactCsvLines = (rows: readonly (readonly (string | null)[])[]): string =>
  stringify(rows as (string | null)[][], QUOTED);

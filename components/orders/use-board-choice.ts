"use client";
import { parseAsBoolean, parseAsInteger, parseAsString, parseAsStringLiteral, useQueryStates } from "nuqs";
import { useMemo } from "react";
import { SHOWS } from "./prepare-hours.ts";

const DATE = /^\d{4}-\d{2}-\d{2}$/;
const HOUR = /^\d{10}$/;

/** What the reader has chosen; lives in the URL, so a link shows the same board. */
export function useBoardChoice() {
  const [choice, choose] = useQueryStates({
    date: parseAsString,
    show: parseAsStringLiteral(SHOWS).withDefault("both"),
    view: parseAsStringLiteral(["chart", "table"]).withDefault("chart"),
    hour: parseAsString,
    replaced: parseAsBoolean.withDefault(false),
    closed: parseAsBoolean.withDefault(false),
    revision: parseAsInteger,
  });
  return useMemo(
    () => ({
      ...choice,
      date: choice.date !== null && DATE.test(choice.date) ? choice.date : null,
      hour: choice.hour !== null && HOUR.test(choice.hour) ? choice.hour : null,
      choose,
    }),
    [choice, choose],
  );
}
export type BoardChoice = ReturnType<typeof useBoardChoice>;

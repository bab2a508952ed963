"use client";
import { parseAsBoolean, parseAsString, parseAsStringLiteral, useQueryStates } from "nuqs";
import { useMemo } from "react";
import { type Address, type AddressFacts, readAddress } from "./address.ts";
import { SHOWS } from "./prepare-hours.ts";

const ASKED = { date: parseAsString, with: parseAsString, hour: parseAsString, revision: parseAsString };

/** What the reader has chosen; lives in the URL, so a link shows the same board. */
export function useBoardChoice() {
  const [choice, choose] = useQueryStates({
    ...ASKED,
    show: parseAsStringLiteral(SHOWS).withDefault("both"),
    view: parseAsStringLiteral(["chart", "table"]).withDefault("chart"),
    replaced: parseAsBoolean.withDefault(false),
    closed: parseAsBoolean.withDefault(false),
  });
  return useMemo(() => ({ ...choice, choose }), [choice, choose]);
}
export type BoardChoice = ReturnType<typeof useBoardChoice>;

/** The address as it can be honoured on the day that runs. */
export function useAddress(choice: BoardChoice, { today, firstDay, remembered }: AddressFacts): Address {
  const { date, with: compared, hour, revision } = choice;
  return useMemo(
    () => readAddress({ date, with: compared, hour, revision }, { today, firstDay, remembered }),
    [date, compared, hour, revision, today, firstDay, remembered],
  );
}

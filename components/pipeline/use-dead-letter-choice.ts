"use client";
import { parseAsString, parseAsStringLiteral, useQueryStates } from "nuqs";
import { DEAD_LETTER_STATES, type DeadLetterChoice, SINCES } from "./prepare-dead-letters.ts";

const PARSERS = {
  state: parseAsStringLiteral(DEAD_LETTER_STATES).withDefault("open"),
  stream: parseAsString.withDefault(""),
  code: parseAsString.withDefault(""),
  field: parseAsString,
  since: parseAsStringLiteral(SINCES).withDefault("any"),
  /** The dead letter that is open; empty: none. */
  deadLetter: parseAsString.withDefault(""),
};

interface DeadLetterPlace {
  readonly choice: DeadLetterChoice;
  readonly deadLetter: string;
  readonly choose: (next: Partial<DeadLetterChoice>) => void;
  readonly openDeadLetter: (id: string) => void;
}

/** Filter and open dead letter, as the URL has them. */
export function useDeadLetterChoice(): DeadLetterPlace {
  const [{ deadLetter, ...choice }, set] = useQueryStates(PARSERS);
  return {
    choice,
    deadLetter,
    choose: (next) => void set(next),
    openDeadLetter: (id) => void set({ deadLetter: id }),
  };
}

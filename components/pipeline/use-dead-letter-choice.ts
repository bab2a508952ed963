"use client";
import { parseAsString, parseAsStringLiteral, useQueryStates } from "nuqs";
import { LETTER_STATES, type LetterChoice, SINCES } from "./prepare-dead-letters.ts";

const PARSERS = {
  state: parseAsStringLiteral(LETTER_STATES).withDefault("open"),
  stream: parseAsString.withDefault(""),
  code: parseAsString.withDefault(""),
  field: parseAsString,
  since: parseAsStringLiteral(SINCES).withDefault("any"),
  /** The letter that is open; empty: none. */
  letter: parseAsString.withDefault(""),
};

interface LetterPlace {
  readonly choice: LetterChoice;
  readonly letter: string;
  readonly choose: (next: Partial<LetterChoice>) => void;
  readonly openLetter: (id: string) => void;
}

/** Filter and open letter, as the URL has them. */
export function useLetterChoice(): LetterPlace {
  const [{ letter, ...choice }, set] = useQueryStates(PARSERS);
  return {
    choice,
    letter,
    choose: (next) => void set(next),
    openLetter: (id) => void set({ letter: id }),
  };
}

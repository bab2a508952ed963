"use client";
import { createParser, parseAsString, useQueryStates } from "nuqs";
import type { AuditChoice } from "./prepare-audit.ts";

const DAY = /^\d{4}-\d{2}-\d{2}$/;

/** Whatever an address holds, only a day is asked for. */
const parseAsDay = createParser({
  parse: (text) => (DAY.test(text) && !Number.isNaN(Date.parse(text)) ? text : null),
  serialize: (day: string) => day,
});

const PARSERS = {
  text: parseAsString.withDefault(""),
  actor: parseAsString.withDefault(""),
  action: parseAsString.withDefault(""),
  subject: parseAsString.withDefault(""),
  from: parseAsDay.withDefault(""),
  to: parseAsDay.withDefault(""),
  /** The entry that is open; empty: none. */
  entry: parseAsString.withDefault(""),
};

interface AuditPlace {
  readonly choice: AuditChoice;
  readonly entry: string;
  /** What is named is chosen, "" takes it away; the open entry closes. */
  readonly choose: (next: Partial<AuditChoice>) => void;
  readonly openEntry: (id: string) => void;
}

/** What the log shows, in the URL: a link shows a colleague the same, and the export takes it too. */
export function useAuditChoice(): AuditPlace {
  const [{ entry, ...choice }, set] = useQueryStates(PARSERS);
  return {
    choice,
    entry,
    choose: (next) => void set({ ...next, entry: "" }),
    openEntry: (id) => void set({ entry: id }),
  };
}

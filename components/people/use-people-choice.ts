"use client";
import { parseAsString, useQueryStates } from "nuqs";

/** What the page shows, in the URL. */
export function usePeopleChoice() {
  return useQueryStates({
    /** A role; "": all. */
    role: parseAsString.withDefault(""),
    /** Part of a name, an e-mail address or a user name. */
    find: parseAsString.withDefault(""),
    /** Id of the person who is open. */
    person: parseAsString,
  });
}

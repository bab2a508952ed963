import type { KeyUserChange } from "#server/contracts/api/key-users.ts";
import { CONTACT_FIELDS, type ContactField } from "./cell-fields.ts";

/** What a change did to a name or a telephone, in masks. */
export interface ContactMove {
  readonly field: ContactField;
  readonly before: string | null;
  readonly after: string | null;
}

/** Where a change moved one: two masks may read the same although the values differ. */
export const contactMoves = (change: KeyUserChange): ContactMove[] =>
  CONTACT_FIELDS.map((field) => ({
    field,
    before: change[`${field}Before`],
    after: change[`${field}After`],
  })).filter(({ before, after }) => before !== null || after !== null);

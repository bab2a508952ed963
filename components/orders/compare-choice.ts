import { type ComparedWith, isComparison } from "#server/contracts/compared-days.ts";
import { isBusinessDate } from "./business-date.ts";

/** Holds what this browser compared with last. */
export const COMPARE_COOKIE = "compare";

/** What an address or a cookie names; null: nothing that days can be compared with. */
export const asCompared = (text: string | null | undefined): ComparedWith | null =>
  text && (isComparison(text) || isBusinessDate(text)) ? (text as ComparedWith) : null;

/** A browser remembers a kind, never a date: that was for one day. */
export const rememberedCompare = (cookie: string | undefined): ComparedWith =>
  cookie !== undefined && isComparison(cookie) ? cookie : "yesterday";

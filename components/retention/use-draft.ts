"use client";
import { useCallback } from "react";

/** What was written and not sent, for as long as the page lives: by case and field. */
const drafts = new Map<string, string>();

/** A text that is not lost when another case is looked at, nor when its form is closed. */
export function useDraft(caseId: string, field: "note" | "close" | "call") {
  const key = `${field} ${caseId}`;
  const keep = useCallback(
    (text: string) => void (text === "" ? drafts.delete(key) : drafts.set(key, text)),
    [key],
  );
  return { text: drafts.get(key) ?? "", keep };
}

"use client";
import { createContext, useContext } from "react";
import type { KeyUser } from "#server/contracts/api/key-users.ts";
import type { CellField } from "./cell-fields.ts";
import type { CellDrafts } from "./use-cell-drafts.ts";

const Drafts = createContext<CellDrafts | null>(null);

/** Cells that are being edited belong to the page: a row that scrolls out of sight keeps what was typed. */
export const CellDraftsProvider = Drafts.Provider;

/** One cell's draft, and what can be done with it. */
export function useCellDraft(user: KeyUser, field: CellField) {
  const drafts = useContext(Drafts);
  if (!drafts) throw new Error("cells are edited within CellDraftsProvider");
  const { userId } = user;
  return {
    draft: drafts.draftOf(userId, field),
    open: () => drafts.open(user, field),
    type: (text: string) => drafts.type(userId, field, text),
    erase: () => drafts.erase(userId, field),
    leave: () => drafts.leave(userId, field),
    save: () => drafts.save(userId, field),
    discard: () => drafts.discard(userId, field),
  };
}

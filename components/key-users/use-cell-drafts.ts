"use client";
import { useMemo, useRef, useState } from "react";
import type { KeyUser } from "#server/contracts/api/key-users.ts";
import { type CellField, editOf, problemOf, textOf } from "./cell-fields.ts";
import { currentOf, type EditWrite, type RowEdit } from "./use-key-user-writes.tsx";

/** What is typed in one cell. */
export interface CellDraft {
  /** The row as it was when the cell was opened: its version goes with the edit (rule W5). */
  readonly seen: KeyUser;
  readonly text: string;
  /** The value is to be removed, whatever the text. */
  readonly isErased: boolean;
  readonly isSaving: boolean;
  /** It met a conflict that its writer is asked about: it is not sent again unasked. */
  readonly isContested: boolean;
  /** Raised when the field is to have the focus once more. */
  readonly focus: number;
}

type All = ReadonlyMap<string, CellDraft>;

const keyOf = (userId: string, field: CellField): string => `${userId} ${field}`;

/** Cells that are being edited. What was typed stays until it is saved, or given up on purpose. */
export function useCellDrafts(write: (edit: EditWrite) => Promise<unknown>) {
  const [all, setAll] = useState<All>(new Map());
  const latest = useRef(all);
  latest.current = all;
  const sender = useRef(write);
  sender.current = write;
  return useMemo(() => {
    const set = (key: string, draft: CellDraft | null) => {
      const next = new Map(latest.current);
      if (draft) next.set(key, draft);
      else next.delete(key);
      latest.current = next;
      setAll(next);
    };
    const alter = (key: string, change: Partial<CellDraft>) => {
      const draft = latest.current.get(key);
      if (draft) set(key, { ...draft, ...change });
    };
    const send = (key: string, field: CellField) => {
      const draft = latest.current.get(key);
      if (!draft || draft.isSaving) return;
      if (!draft.isErased && problemOf(field, draft.text) !== null) return;
      const edit: RowEdit | null = draft.isErased ? { [field]: null } : editOf(draft.seen, field, draft.text);
      if (edit === null) return set(key, null);
      set(key, { ...draft, isSaving: true });
      void sender.current({ kind: "edit", user: draft.seen, edit }).then(
        () => set(key, null),
        // The writer has told why.
        (error) => alter(key, { isSaving: false, isContested: currentOf(error) !== null }),
      );
    };
    return {
      draftOf: (userId: string, field: CellField) => all.get(keyOf(userId, field)) ?? null,
      open: (user: KeyUser, field: CellField) =>
        set(keyOf(user.userId, field), {
          seen: user,
          text: textOf(user, field),
          isErased: false,
          isSaving: false,
          isContested: false,
          focus: 0,
        }),
      type: (userId: string, field: CellField, text: string) =>
        alter(keyOf(userId, field), { text, isErased: false, isContested: false }),
      /** Asks for no value at all. */
      erase: (userId: string, field: CellField) => {
        alter(keyOf(userId, field), { text: "", isErased: true });
        send(keyOf(userId, field), field);
      },
      /** Nothing that cannot be saved is sent: its field stays, and says why. */
      save: (userId: string, field: CellField) => send(keyOf(userId, field), field),
      /** The focus goes elsewhere: that saves, but for what its writer is being asked about. */
      leave: (userId: string, field: CellField) => {
        if (!latest.current.get(keyOf(userId, field))?.isContested) send(keyOf(userId, field), field);
      },
      /** What is on its way cannot be given up: its field stays until it is answered. */
      discard: (userId: string, field: CellField) => {
        if (!latest.current.get(keyOf(userId, field))?.isSaving) set(keyOf(userId, field), null);
      },
      /** Goes on from the row as it stands now: what was typed stays, and its writer has seen what it meets. */
      goOn: (current: KeyUser, field: CellField) => {
        const key = keyOf(current.userId, field);
        const focus = (latest.current.get(key)?.focus ?? 0) + 1;
        alter(key, { seen: current, isContested: false, focus });
      },
    };
  }, [all]);
}

export type CellDrafts = ReturnType<typeof useCellDrafts>;

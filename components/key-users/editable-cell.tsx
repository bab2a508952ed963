"use client";
import { TextInput, Tooltip, UnstyledButton } from "@mantine/core";
import { type KeyboardEvent, type ReactNode, useEffect, useRef } from "react";
import { useTranslations } from "use-intl";
import type { KeyUser } from "#server/contracts/api/key-users.ts";
import { useCellDraft } from "./cell-drafts.tsx";
import { type CellField, isSavable, LONGEST } from "./cell-fields.ts";
import styles from "./editable-cell.module.css";
import type { CellDraft } from "./use-cell-drafts.ts";

export interface EditableCellProps {
  readonly user: KeyUser;
  readonly field: CellField;
  /** What the value reads: who speaks to the page says what is seen. */
  readonly shown: string;
  /** What the field is for. */
  readonly label: string;
  readonly mayEdit: boolean;
  readonly children: ReactNode;
}

/** A value that becomes a field when pressed. Enter, Tab and a click elsewhere save; Escape gives up. */
export function EditableCell({ user, field, shown, label, mayEdit, children }: EditableCellProps) {
  const { draft, open, ...acts } = useCellDraft(user, field);
  const button = useRef<HTMLButtonElement>(null);
  const wasOpen = useRef(false);
  const isOpen = draft !== null;
  useEffect(() => {
    // A focused field that is removed leaves the focus nowhere.
    if (wasOpen.current && !isOpen && document.activeElement === document.body) button.current?.focus();
    wasOpen.current = isOpen;
  }, [isOpen]);
  if (draft) return <Field draft={draft} field={field} label={label} {...acts} />;
  if (!mayEdit) return children;
  return (
    <UnstyledButton ref={button} className={styles.value} aria-label={`${shown} ${label}`} onClick={open}>
      {children}
    </UnstyledButton>
  );
}

interface FieldProps extends Pick<EditableCellProps, "field" | "label"> {
  readonly draft: CellDraft;
  readonly type: (text: string) => void;
  readonly save: () => void;
  readonly discard: () => void;
}

function Field({ draft, field, label, type, save, discard }: FieldProps) {
  const t = useTranslations("keyUsers.row");
  const input = useRef<HTMLInputElement>(null);
  const problem = isSavable(field, draft.text) ? null : t("badAmount");
  useEffect(() => {
    void draft.focus; // asked for once more
    input.current?.focus();
    input.current?.select();
  }, [draft.focus]);
  const press = (event: KeyboardEvent) => {
    if (event.key === "Escape") discard();
    if (event.key === "Enter") save();
  };
  return (
    <Tooltip label={problem} opened={problem !== null} position="bottom-start">
      <TextInput
        ref={input}
        className={styles.field}
        size="xs"
        aria-label={label}
        aria-description={problem ?? undefined}
        error={problem !== null}
        value={draft.text}
        maxLength={LONGEST[field]}
        readOnly={draft.isSaving}
        rightSection={draft.isSaving ? "…" : undefined}
        onChange={(event) => type(event.currentTarget.value)}
        onKeyDown={press}
        onBlur={save}
      />
    </Tooltip>
  );
}

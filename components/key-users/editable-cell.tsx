"use client";
import { ActionIcon, TextInput, Tooltip, UnstyledButton } from "@mantine/core";
import { IconX } from "@tabler/icons-react";
import { type FocusEvent, type KeyboardEvent, type ReactNode, useEffect, useRef } from "react";
import { useTranslations } from "use-intl";
import type { KeyUser } from "#server/contracts/api/key-users.ts";
import { useCellDraft } from "./cell-drafts.tsx";
import { type CellField, isContact, LONGEST, problemOf } from "./cell-fields.ts";
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
  /** The focus goes elsewhere. */
  readonly leave: () => void;
  readonly discard: () => void;
  readonly erase: () => void;
}

function Field({ draft, field, label, type, save, leave, discard, erase }: FieldProps) {
  const t = useTranslations("keyUsers.row");
  const input = useRef<HTMLInputElement>(null);
  const whole = useRef<HTMLDivElement>(null);
  const reason = draft.isErased ? null : problemOf(field, draft.text);
  const problem = reason === null ? null : t(reason);
  useEffect(() => {
    void draft.focus; // asked for once more
    input.current?.focus();
    input.current?.select();
  }, [draft.focus]);
  const press = (event: KeyboardEvent) => {
    if (event.key === "Escape") discard();
    if (event.key !== "Enter") return;
    event.preventDefault(); // a cell that closes at once would be opened again: the key would press its button
    save();
  };
  /** Between the field and its button the cell is not left. */
  const blur = (event: FocusEvent) => {
    if (!whole.current?.contains(event.relatedTarget)) leave();
  };
  const shown = isContact(field) ? draft.seen[field] : null;
  return (
    <div ref={whole}>
      <Tooltip label={problem} opened={problem !== null} position="bottom-start">
        <TextInput
          ref={input}
          className={styles.field}
          size="xs"
          aria-label={label}
          aria-description={problem ?? undefined}
          error={problem !== null}
          value={draft.text}
          placeholder={shown ?? undefined}
          maxLength={LONGEST[field]}
          autoComplete="off"
          readOnly={draft.isSaving}
          rightSection={rightOf(draft, shown === null ? null : <Erase {...{ draft, field, erase, blur }} />)}
          onChange={(event) => type(event.currentTarget.value)}
          rightSectionPointerEvents="all"
          onKeyDown={press}
          onBlur={blur}
        />
      </Tooltip>
    </div>
  );
}

const rightOf = (draft: CellDraft, button: ReactNode): ReactNode => (draft.isSaving ? "…" : button);

interface EraseProps extends Pick<FieldProps, "draft" | "field" | "erase"> {
  readonly blur: (event: FocusEvent) => void;
}

/** Takes away a value that nobody sees whole: a field left blank leaves it. */
function Erase({ draft, field, erase, blur }: EraseProps) {
  const t = useTranslations("keyUsers.row.erase");
  if (!isContact(field)) return null;
  const words = t(field, { user: draft.seen.userId });
  return (
    <ActionIcon variant="subtle" size="sm" aria-label={words} title={words} onClick={erase} onBlur={blur}>
      <IconX size={14} aria-hidden="true" />
    </ActionIcon>
  );
}

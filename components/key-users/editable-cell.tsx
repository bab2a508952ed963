"use client";
import { TextInput, UnstyledButton } from "@mantine/core";
import { type KeyboardEvent, type ReactNode, useState } from "react";
import styles from "./editable-cell.module.css";

export interface EditableCellProps {
  /** What the field begins with. */
  readonly value: string;
  readonly label: string;
  readonly mayEdit: boolean;
  /** Why a text cannot be saved; null: it can. */
  readonly problemOf?: (text: string) => string | null;
  readonly onSave: (text: string) => void;
  readonly children: ReactNode;
}

/** A value that becomes a field when pressed. Enter saves, Escape and leaving the field do not. */
export function EditableCell(props: EditableCellProps) {
  const [isOpen, setOpen] = useState(false);
  if (!props.mayEdit) return props.children;
  if (isOpen) return <Field {...props} onClose={() => setOpen(false)} />;
  return (
    <UnstyledButton className={styles.value} aria-label={props.label} onClick={() => setOpen(true)}>
      {props.children}
    </UnstyledButton>
  );
}

function Field({
  value,
  label,
  problemOf,
  onSave,
  onClose,
}: EditableCellProps & { readonly onClose: () => void }) {
  const [typed, setTyped] = useState(value);
  const problem = problemOf?.(typed) ?? null;
  const press = (event: KeyboardEvent) => {
    if (event.key === "Escape") onClose();
    if (event.key !== "Enter" || problem !== null) return;
    onSave(typed);
    onClose();
  };
  return (
    <TextInput
      className={styles.field}
      size="xs"
      aria-label={label}
      aria-description={problem ?? undefined}
      title={problem ?? undefined}
      error={problem !== null}
      value={typed}
      maxLength={4000}
      autoFocus
      onFocus={(event) => event.currentTarget.select()}
      onChange={(event) => setTyped(event.currentTarget.value)}
      onKeyDown={press}
      onBlur={onClose}
    />
  );
}

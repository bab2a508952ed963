"use client";
import { Button } from "@mantine/core";
import type { FormEvent, ReactNode } from "react";
import styles from "./dialog-form.module.css";

interface DialogFormProps {
  /** @param text what stands in a field, without blanks around it */
  readonly onSubmit: (text: (field: string) => string) => void;
  readonly onCancel: () => void;
  readonly cancel: string;
  readonly submit: string;
  readonly isBusy?: boolean;
  /** Its button takes something away for good. */
  readonly isDanger?: boolean;
  /** Why it was refused. */
  readonly problem?: string | null;
  readonly children: ReactNode;
}

/** The form of a dialog: fields, what was wrong, and two buttons. */
export function DialogForm(props: DialogFormProps) {
  const {
    onSubmit,
    onCancel,
    cancel,
    submit,
    isBusy = false,
    isDanger = false,
    problem = null,
    children,
  } = props;
  const send = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const given = new FormData(event.currentTarget);
    onSubmit((field) => String(given.get(field) ?? "").trim());
  };
  return (
    <form className={styles.form} onSubmit={send}>
      {children}
      {problem === null ? null : (
        <p role="alert" className={styles.problem}>
          {problem}
        </p>
      )}
      <div className={styles.buttons}>
        <Button variant="default" onClick={onCancel}>
          {cancel}
        </Button>
        <Button type="submit" loading={isBusy} {...(isDanger ? { color: "red" } : {})}>
          {submit}
        </Button>
      </div>
    </form>
  );
}

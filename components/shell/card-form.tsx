"use client";
import { Button } from "@mantine/core";
import type { FormEvent, ReactNode } from "react";
import styles from "./card-page.module.css";

interface CardFormProps {
  readonly isBusy: boolean;
  /** Why it was refused, in words; the line keeps its place. */
  readonly failure: string | null;
  readonly submit: string;
  /** Further attributes of the button. */
  readonly attributes?: object | undefined;
  /** @param text what stands in a field */
  readonly onSubmit: (text: (field: string) => string) => void;
  readonly children: ReactNode;
  /** Below the button. */
  readonly below?: ReactNode;
}

/** The form of a page of its own: fields, what was wrong, one button. */
export function CardForm({ isBusy, failure, submit, attributes, onSubmit, children, below }: CardFormProps) {
  const send = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    onSubmit((field) => String(form.get(field)));
  };
  return (
    <form className={styles.form} onSubmit={send} method="post">
      {children}
      <p role="alert" className={styles.failure}>
        {failure}
      </p>
      <Button type="submit" loading={isBusy} fullWidth {...attributes}>
        {submit}
      </Button>
      {below}
    </form>
  );
}

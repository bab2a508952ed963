"use client";
import { Button, CloseButton, TextInput } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { useFormatter, useTranslations } from "use-intl";
import type { DeadLetterDetail } from "#server/contracts/api/dead-letters.ts";
import styles from "./dead-letters.module.css";
import { type FieldEntry, knownField, replacedFields } from "./prepare-dead-letters.ts";
import { useDeadLetterMutation } from "./use-dead-letter-mutation.ts";
import { useFieldName, useReasonWords } from "./use-reason-words.ts";

interface DeadLetterFormProps {
  readonly deadLetter: DeadLetterDetail;
  readonly onDone: () => void;
}

/** The fields of a line to edit; what is masked stays as it was sent unless it is written anew or taken away. */
export function DeadLetterForm({ deadLetter, onDone }: DeadLetterFormProps) {
  const t = useTranslations("pipeline.deadLetters.drawer");
  const [entries, setEntries] = useState<readonly FieldEntry[]>(() =>
    deadLetter.fields.map((field) => ({
      ...field,
      text: field.isMasked ? "" : (field.shown ?? ""),
      isTaken: false,
    })),
  );
  const [reason, setReason] = useState("");
  const mutation = useDeadLetterMutation(deadLetter, onDone);
  const fields = replacedFields(entries);
  const change = (name: string, next: Partial<FieldEntry>) =>
    setEntries(entries.map((entry) => (entry.name === name ? { ...entry, ...next } : entry)));
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    mutation.mutate({ kind: "replay", fields, reason: reason.trim() });
  };
  return (
    <form onSubmit={submit}>
      {/* Until the line is read anew: what is typed before would go with the old one. */}
      <fieldset className={styles.form} disabled={mutation.isPending}>
        {entries.some(({ isMasked }) => isMasked) ? <p className={styles.quiet}>{t("masked")}</p> : null}
        {entries.map((entry) => (
          <Field
            key={entry.name}
            entry={entry}
            deadLetter={deadLetter}
            onChange={(next) => change(entry.name, next)}
          />
        ))}
        <TextInput
          label={t("why")}
          placeholder={t("whyRequired")}
          value={reason}
          maxLength={500}
          autoComplete="off"
          onChange={(event) => setReason(event.currentTarget.value)}
        />
        <div className={styles.buttons}>
          <Button
            variant="default"
            color="red"
            disabled={reason.trim() === ""}
            onClick={() => mutation.mutate({ kind: "discard", reason: reason.trim() })}
          >
            {t("discard")}
          </Button>
          <Button type="submit" loading={mutation.isPending}>
            {t(Object.keys(fields).length > 0 ? "editAndReplay" : "replay")}
          </Button>
        </div>
      </fieldset>
    </form>
  );
}

interface FieldProps {
  readonly entry: FieldEntry;
  readonly deadLetter: DeadLetterDetail;
  readonly onChange: (next: Partial<FieldEntry>) => void;
}

function Field({ entry, deadLetter, onChange }: FieldProps) {
  const t = useTranslations("pipeline.deadLetters.drawer");
  const fieldName = useFieldName();
  const reasonOf = useReasonWords();
  const time = useTimeHint();
  const { name, shown, isMasked, isTaken, text } = entry;
  const take = t("take", { field: fieldName(name) });
  return (
    <TextInput
      label={
        <>
          {fieldName(name)} <code className={styles.code}>{name}</code>
        </>
      }
      description={knownField(name)?.kind === "time" ? time(text) : undefined}
      placeholder={isMasked && !isTaken ? (shown ?? "") : t("missing")}
      value={text}
      maxLength={4_096}
      autoComplete="off"
      error={deadLetter.field === name ? reasonOf(deadLetter) : undefined}
      onChange={(event) => onChange({ text: event.currentTarget.value, isTaken: false })}
      rightSection={
        isMasked && !isTaken ? (
          <CloseButton aria-label={take} title={take} onClick={() => onChange({ text: "", isTaken: true })} />
        ) : undefined
      }
    />
  );
}

/** An epoch time in words, as far as it is one. */
function useTimeHint(): (text: string) => string | undefined {
  const format = useFormatter();
  return (text) => {
    if (!/^\d{10}$|^\d{13}$/.test(text)) return undefined;
    const instant = new Date(Number(text) * (text.length === 10 ? 1_000 : 1));
    return format.dateTime(instant, { dateStyle: "medium", timeStyle: "medium" });
  };
}

"use client";
import { Button, Menu, TextInput } from "@mantine/core";
import { type ComponentType, type FormEvent, type ReactNode, useEffect, useRef } from "react";
import { useTranslations } from "use-intl";
import type { VerbWithBody } from "#server/contracts/cases.ts";
import { CallForm } from "./call-form.tsx";
import styles from "./case.module.css";
import { CloseForm } from "./close-form.tsx";
import { SnoozeItems } from "./snooze-items.tsx";
import { useDraft } from "./use-draft.ts";
import { useOffice } from "./use-office.ts";
import type { VerbInputProps } from "./verb-input-props.ts";

/** How people say what a verb is called with: a verb with a body needs its part here. */
export const VERB_INPUTS: { readonly [V in VerbWithBody]: ComponentType<VerbInputProps<V>> } = {
  "take-over": TakeOverMenu,
  call: CallForm,
  snooze: SnoozeMenu,
  close: CloseForm,
  note: NoteForm,
};

function SnoozeMenu({ onAct, ...asking }: VerbInputProps<"snooze">) {
  const t = useTranslations("retention");
  useOffice(); // read before the menu opens, so that it does not grow under the hand
  return (
    <VerbMenu words={t("verbs.snooze")} {...asking}>
      <SnoozeItems onUntil={(until) => onAct({ until })} />
    </VerbMenu>
  );
}

/** Asks before it takes a case from its owner, by name (rule W3). */
function TakeOverMenu({ onAct, ...asking }: VerbInputProps<"take-over">) {
  const t = useTranslations("retention");
  const { owner } = asking;
  if (!owner) return null;
  return (
    <VerbMenu words={t("verbs.take-over")} title={t("takeOver.title", { owner: owner.name })} {...asking}>
      <Menu.Item onClick={() => onAct({ from: owner.id })}>
        {t("takeOver.confirm", { owner: owner.name })}
      </Menu.Item>
    </VerbMenu>
  );
}

interface VerbMenuProps extends Omit<VerbInputProps<VerbWithBody>, "onAct"> {
  readonly words: string;
  readonly title?: string;
  readonly children: ReactNode;
}

function VerbMenu({ words, title, isBusy, isAsked, onAsked, children }: VerbMenuProps) {
  return (
    <Menu opened={isAsked} onChange={onAsked}>
      <Menu.Target>
        <Button variant="default" disabled={isBusy}>
          {words}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {title === undefined ? null : <Menu.Label>{title}</Menu.Label>}
        {children}
      </Menu.Dropdown>
    </Menu>
  );
}

function NoteForm({ onAct, caseId, isBusy, isAsked, onAsked }: VerbInputProps<"note">) {
  const t = useTranslations("retention");
  const draft = useDraft(caseId, "note");
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (!isAsked) return;
    field.current?.focus();
    onAsked(false);
  }, [isAsked, onAsked]);
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const text = String(new FormData(event.currentTarget).get("note")).trim();
    if (text === "") return;
    // Only what is saved leaves the field, and nothing that was written into it meanwhile.
    onAct({ text }, () => {
      if (field.current?.value.trim() !== text) return;
      draft.keep("");
      field.current.value = "";
      field.current.blur(); // the keys of the page work again
    });
  };
  return (
    <form className={styles.note} onSubmit={submit}>
      <TextInput
        ref={field}
        name="note"
        defaultValue={draft.text}
        maxLength={4000}
        aria-label={t("notePlaceholder")}
        placeholder={t("notePlaceholder")}
        autoComplete="off"
        onChange={({ currentTarget }) => draft.keep(currentTarget.value)}
        onKeyDown={({ key }) => {
          if (key === "Escape") field.current?.blur();
        }}
      />
      <Button type="submit" variant="default" disabled={isBusy}>
        {t("verbs.note")}
      </Button>
    </form>
  );
}

"use client";
import { Button, Popover, Select, TextInput } from "@mantine/core";
import { IconFilter } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { type KeyboardEvent, useState } from "react";
import { useTranslations } from "use-intl";
import type { KeyUserEditors } from "#server/contracts/api/key-users.ts";
import { DialogForm } from "../ui/dialog-form.tsx";
import { fetchJson } from "../ui/fetch-json.ts";
import { amountOf } from "./cell-fields.ts";
import styles from "./list-tools.module.css";
import { dateText, FILTERS, filterCount } from "./prepare-list.ts";
import { OPEN_CASES, useListChoice } from "./use-list-choice.ts";

const NONE = Object.fromEntries(FILTERS.map((name) => [name, null]));
/** What is wrong is told within it, rather than making it wider. */
const WIDTH = 304;
/** In a low window it would rather lie over its button than end below. */
const WITHIN = { flip: true, shift: { crossAxis: true, padding: 8 } };
/** A year has four digits. */
const LAST_DAY = "9999-12-31";

/** What the list is narrowed by beside search and status. */
export function ListFilters() {
  const t = useTranslations("keyUsers.filters");
  const [choice, setChoice] = useListChoice();
  const [isOpen, setOpen] = useState(false);
  const count = filterCount(choice);
  /** Escape closes what is open uppermost: the options of a field, then the form. */
  const close = ({ key, target }: KeyboardEvent) => {
    const isAtOptions = target instanceof Element && target.getAttribute("aria-expanded") === "true";
    if (key === "Escape" && !isAtOptions) setOpen(false);
  };
  return (
    <Popover
      opened={isOpen}
      onChange={setOpen}
      position="bottom-start"
      width={WIDTH}
      middlewares={WITHIN}
      trapFocus
      returnFocus
      closeOnEscape={false}
      withinPortal
    >
      <Popover.Target>
        <Button
          variant={count > 0 ? "light" : "default"}
          leftSection={<IconFilter size={16} aria-hidden="true" />}
          onClick={() => setOpen(!isOpen)}
        >
          {count > 0 ? t("some", { count }) : t("title")}
        </Button>
      </Popover.Target>
      <Popover.Dropdown className={styles.filters} aria-label={t("title")} onKeyDown={close}>
        <Form
          onDone={() => setOpen(false)}
          onClear={() => {
            void setChoice(NONE);
            setOpen(false);
          }}
        />
      </Popover.Dropdown>
    </Popover>
  );
}

interface FormProps {
  readonly onDone: () => void;
  readonly onClear: () => void;
}

function Form({ onDone, onClear }: FormProps) {
  const t = useTranslations("keyUsers");
  const [choice, setChoice] = useListChoice();
  const [wrong, setWrong] = useState<string | null>(null);
  const editors = useEditors(choice.editor);
  const [openCase, setOpenCase] = useState<string | null>(choice.openCase);
  const [editor, setEditor] = useState(choice.editor);
  const submit = (text: (field: string) => string) => {
    const [from, to, since] = [text("amountFrom"), text("amountTo"), text("changedSince")];
    const problem = problemOf(from, to);
    setWrong(problem === null ? null : t(`filters.${problem}`));
    if (problem !== null) return;
    void setChoice({
      amountFrom: amountOf(from),
      amountTo: amountOf(to),
      openCase: OPEN_CASES.find((each) => each === openCase) ?? null,
      editor,
      changedSince: since === "" ? null : new Date(`${since}T00:00:00Z`),
    });
    onDone();
  };
  return (
    <DialogForm
      cancel={t("filters.clear")}
      submit={t("filters.apply")}
      problem={wrong}
      onCancel={onClear}
      onSubmit={submit}
    >
      <TextInput
        name="amountFrom"
        label={t("filters.amountFrom")}
        defaultValue={choice.amountFrom ?? ""}
        inputMode="decimal"
        autoComplete="off"
        data-autofocus
      />
      <TextInput
        name="amountTo"
        label={t("filters.amountTo")}
        defaultValue={choice.amountTo ?? ""}
        inputMode="decimal"
        autoComplete="off"
      />
      <Select
        label={t("filters.openCase")}
        placeholder={t("filters.any")}
        clearable
        value={openCase}
        data={OPEN_CASES.map((value) => ({ value, label: t(`filters.${value}`) }))}
        comboboxProps={{ withinPortal: false }}
        onChange={setOpenCase}
      />
      <Select
        label={t("filters.editor")}
        placeholder={t("filters.any")}
        clearable
        searchable
        value={editor}
        data={editors.map(({ id, name }) => ({ value: id, label: id === "stream" ? t("row.stream") : name }))}
        comboboxProps={{ withinPortal: false }}
        onChange={setEditor}
      />
      <TextInput
        name="changedSince"
        type="date"
        max={LAST_DAY}
        label={t("filters.changedSince")}
        defaultValue={choice.changedSince === null ? "" : dateText(choice.changedSince)}
      />
    </DialogForm>
  );
}

/** Which sentence says why two texts are no range of amounts; null: they are. */
function problemOf(from: string, to: string): "badAmount" | "reversed" | null {
  const [least, most] = [amountOf(from), amountOf(to)];
  if ((from !== "" && least === null) || (to !== "" && most === null)) return "badAmount";
  return least !== null && most !== null && Number(least) > Number(most) ? "reversed" : null;
}

/** Who wrote rows of the list last; one whom the address names is among them. */
function useEditors(chosen: string | null): KeyUserEditors["items"] {
  const { data } = useQuery({
    queryKey: ["key-users", "editors"],
    queryFn: ({ signal }) => fetchJson<KeyUserEditors>("/api/v1/key-users/editors", { signal }),
  });
  const items = data?.items ?? [];
  const isKnown = chosen === null || data === undefined || items.some(({ id }) => id === chosen);
  return isKnown ? items : [...items, { id: chosen, name: chosen }];
}

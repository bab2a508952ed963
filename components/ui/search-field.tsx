"use client";
import { Kbd, TextInput } from "@mantine/core";
import { useDebouncedCallback } from "@mantine/hooks";
import { useEffect, useRef, useState } from "react";
import { useKeys } from "./keys.tsx";
import styles from "./search-field.module.css";

const TYPING_MS = 250;

export interface SearchFieldProps {
  /** What is searched for; a change from elsewhere is shown. */
  readonly value: string;
  readonly words: string;
  /** The page, in the list of keys. */
  readonly title: string;
  /** Takes away what cannot be searched for. */
  readonly clean?: (typed: string) => string;
  readonly inputMode?: "search" | "numeric";
  /** What was typed, once the typing pauses; "" ends the search. */
  readonly onSearch: (text: string) => void;
}

/** A search in a list: `/` leads to it, Escape ends it and leaves the field. */
export function SearchField({
  value,
  words,
  title,
  clean,
  inputMode = "search",
  onSearch,
}: SearchFieldProps) {
  const [typed, setTyped] = useState(value);
  const field = useRef<HTMLInputElement>(null);
  const search = useDebouncedCallback((text: string) => onSearch(text), TYPING_MS);
  const asked = useRef(value);
  useEffect(() => {
    if (value === asked.current) return;
    asked.current = value; // it came from elsewhere: an address, a command
    setTyped(value);
  }, [value]);
  useKeys({ title, shortcuts: [{ key: "/", words, run: () => field.current?.focus() }] });
  const ask = (text: string) => {
    setTyped(text);
    asked.current = text.trim();
    search(text.trim());
  };
  return (
    <search className={styles.search}>
      <TextInput
        ref={field}
        type="search"
        inputMode={inputMode}
        aria-label={words}
        placeholder={words}
        value={typed}
        maxLength={200}
        autoComplete="off"
        rightSection={<Kbd className={styles.key}>/</Kbd>}
        onChange={({ currentTarget }) => ask(clean ? clean(currentTarget.value) : currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key !== "Escape") return;
          event.preventDefault();
          ask("");
          field.current?.blur();
        }}
      />
    </search>
  );
}

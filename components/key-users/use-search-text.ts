"use client";
import { useDebouncedCallback } from "@mantine/hooks";
import { useEffect, useRef, useState } from "react";
import { useListChoice } from "./use-list-choice.ts";

const TYPING_MS = 250;

/** What stands in the search field: as it is typed, and what the address says when something else has changed that. */
export function useSearchText(): readonly [string, (text: string) => void] {
  const [{ search }, setChoice] = useListChoice();
  const [typed, setTyped] = useState(search);
  /** What the field itself made of the address. */
  const asked = useRef(search);
  const ask = useDebouncedCallback((text: string) => {
    asked.current = text.trim();
    void setChoice({ search: asked.current || null });
  }, TYPING_MS);
  useEffect(() => {
    if (search === asked.current) return;
    asked.current = search;
    setTyped(search);
  }, [search]);
  const type = (text: string) => {
    setTyped(text);
    ask(text);
  };
  return [typed, type];
}

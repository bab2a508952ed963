"use client";
import { type RefObject, useEffect, useRef, useState } from "react";

/**
 * For what is opened by being loaded: it takes the place of the button that asked for it, takes over its focus, and opens
 * from there, so that closing gives the focus back to it.
 */
export function useOpening(): {
  readonly target: RefObject<HTMLButtonElement | null>;
  readonly opened: boolean;
  readonly setOpened: (opened: boolean) => void;
} {
  const target = useRef<HTMLButtonElement>(null);
  const [opened, setOpened] = useState(false);
  useEffect(() => {
    target.current?.focus({ preventScroll: true });
    setOpened(true);
  }, []);
  return { target, opened, setOpened };
}

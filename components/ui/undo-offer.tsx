"use client";
import { Button } from "@mantine/core";
import { useEffect, useState } from "react";
import styles from "./undo-offer.module.css";

const SECOND_MS = 1_000;

interface UndoOfferProps {
  /** What was decided. */
  readonly words: string;
  /** What the button says while so many seconds are left. */
  readonly button: (seconds: number) => string;
  /** ms */
  readonly lasts: number;
  readonly onUndo: () => void;
}

/** What was decided, and a button that takes it back while there is time. */
export function UndoOffer({ words, button, lasts, onUndo }: UndoOfferProps) {
  const [left, setLeft] = useState(Math.round(lasts / SECOND_MS));
  useEffect(() => {
    const timer = setInterval(() => setLeft((seconds) => Math.max(0, seconds - 1)), SECOND_MS);
    return () => clearInterval(timer);
  }, []);
  return (
    <span className={styles.offer}>
      {words}
      <Button className={styles.undo} size="compact-sm" variant="light" onClick={onUndo}>
        {button(left)}
      </Button>
    </span>
  );
}

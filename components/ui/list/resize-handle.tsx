"use client";
import { type KeyboardEvent, type PointerEvent, useLayoutEffect, useRef, useState } from "react";
import { type ListColumn, WIDEST } from "./column.ts";
import styles from "./list.module.css";

const STEP = 16;
const FAR = 64;

interface ResizeHandleProps {
  readonly column: ListColumn;
  /** px; undefined: nobody has chosen. */
  readonly width: number | undefined;
  readonly label: string;
  /** @param width null: as it is by itself */
  readonly onResize: (width: number | null) => void;
}

/** The edge of a column's head: dragged, or moved by the arrow keys; a double click or Delete gives the width back. */
export function ResizeHandle({ column, width, label, onResize }: ResizeHandleProps) {
  const handle = useRef<HTMLDivElement>(null);
  const drag = useRef<{ readonly x: number; readonly width: number } | null>(null);
  const [shown, setShown] = useState(column.least);
  const measure = () => handle.current?.parentElement?.offsetWidth ?? column.least;
  useLayoutEffect(() => {
    void width; // another width, another measure
    setShown(handle.current?.parentElement?.offsetWidth ?? column.least);
  }, [width, column.least]);
  const begin = (event: PointerEvent<HTMLDivElement>) => {
    if (event.button !== 0) return;
    event.currentTarget.setPointerCapture(event.pointerId);
    drag.current = { x: event.clientX, width: measure() };
  };
  const move = (event: PointerEvent) => {
    if (drag.current) onResize(drag.current.width + event.clientX - drag.current.x);
  };
  const end = () => {
    drag.current = null;
  };
  const press = (event: KeyboardEvent) => {
    const by = event.shiftKey ? FAR : STEP;
    const next: Record<string, number | null> = {
      ArrowLeft: measure() - by,
      ArrowRight: measure() + by,
      Home: column.least,
      Delete: null,
      Backspace: null,
    };
    const chosen = next[event.key];
    if (chosen === undefined) return;
    event.preventDefault();
    onResize(chosen);
  };
  return (
    // biome-ignore lint/a11y/useSemanticElements: a rule between sections cannot be moved
    <div
      ref={handle}
      className={styles.handle}
      role="separator"
      aria-orientation="vertical"
      aria-label={label}
      aria-valuenow={Math.min(WIDEST, shown)}
      aria-valuemin={Math.min(column.least, shown)}
      aria-valuemax={WIDEST}
      tabIndex={0}
      onPointerDown={begin}
      onPointerMove={move}
      onPointerUp={end}
      onPointerCancel={end}
      onDoubleClick={() => onResize(null)}
      onKeyDown={press}
    />
  );
}

"use client";
import { useState } from "react";
import styles from "./glow.module.css";
import { InPlace } from "./in-place.tsx";

/**
 * A figure that glows once for a second when it changes; not when it first appears. What changes while it glows does not
 * begin it anew, so a busy figure never flickers.
 */
export function Glow({ value }: { readonly value: string }) {
  const [shown, setShown] = useState(value);
  const [glows, setGlows] = useState(false);
  if (shown !== value) {
    setShown(value);
    setGlows(true);
  }
  return (
    <span className={glows ? styles.glow : undefined} onAnimationEnd={() => setGlows(false)}>
      <InPlace text={value} />
    </span>
  );
}

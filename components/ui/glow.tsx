"use client";
import { useRef } from "react";
import styles from "./glow.module.css";

/** A figure that glows once for a second when it changes; not when it first appears. */
export function Glow({ value }: { readonly value: string }) {
  const first = useRef(value);
  return (
    <span key={value} className={value === first.current ? undefined : styles.glow}>
      {value}
    </span>
  );
}

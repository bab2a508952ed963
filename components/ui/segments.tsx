"use client";
import { useId } from "react";
import styles from "./segments.module.css";

export interface SegmentsProps<V extends string> {
  readonly label: string;
  readonly value: V;
  readonly data: readonly { readonly value: V; readonly label: string }[];
  readonly onChange: (value: V) => void;
  readonly isDisabled?: boolean;
  readonly className?: string | undefined;
}

/** One of a few, side by side: radio buttons, for which the browser knows the keys by itself. */
export function Segments<V extends string>(props: SegmentsProps<V>) {
  const { label, value, data, onChange, isDisabled = false, className } = props;
  const name = useId();
  return (
    <div role="radiogroup" aria-label={label} className={`${styles.segments} ${className ?? ""}`}>
      {data.map((each) => (
        <label key={each.value} className={styles.segment}>
          <input
            type="radio"
            name={name}
            value={each.value}
            checked={each.value === value}
            disabled={isDisabled}
            onChange={() => onChange(each.value)}
          />
          {each.label}
        </label>
      ))}
    </div>
  );
}

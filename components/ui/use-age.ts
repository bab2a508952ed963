"use client";
import { useFormatter } from "use-intl";
import { prepareAge } from "./prepare-age.ts";

/** Words for a length of time in seconds, in the reader's language: "12 min", "12分钟". */
export function useAge(): (seconds: number) => string {
  const format = useFormatter();
  return (seconds) => {
    const { unit, count } = prepareAge(seconds);
    return format.number(count, { style: "unit", unit, unitDisplay: "short" });
  };
}

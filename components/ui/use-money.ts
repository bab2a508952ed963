"use client";
import { useMemo } from "react";
import { useLocale } from "use-intl";
import { withMinus } from "./minus.ts";

/** Exact decimal text with thousands separators: "1284300.50" is "1,284,300.50". No floating point takes part. */
export function useMoney(): (money: string, sign?: "always") => string {
  const locale = useLocale();
  return useMemo(() => {
    const digits = { minimumFractionDigits: 2, maximumFractionDigits: 2 } as const;
    const plain = new Intl.NumberFormat(locale, digits);
    const signed = new Intl.NumberFormat(locale, { ...digits, signDisplay: "exceptZero" });
    return (money, sign) => withMinus((sign ? signed : plain).format(money as Intl.StringNumericLiteral));
  }, [locale]);
}

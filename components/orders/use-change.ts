"use client";
import { useMemo } from "react";
import { useFormatter } from "use-intl";
import { changeOf, differenceOf, type Figure, signedPercent, sizeOf } from "#server/contracts/change.ts";
import { withMinus } from "../ui/minus.ts";
import { useMoney } from "../ui/use-money.ts";

/** A change in words, each with one sign: "+5,512.00" and "+1.7 %". */
export interface ChangeWords {
  readonly difference: string;
  /** "–" when there is nothing to divide by. */
  readonly percent: string;
}

export function useChange(): (now: Figure, before: Figure) => ChangeWords {
  const format = useFormatter();
  const money = useMoney();
  return useMemo(
    () => (now, before) => {
      const difference = differenceOf(now, before);
      const percent = signedPercent(changeOf(sizeOf(now), sizeOf(before)));
      return {
        difference:
          typeof difference === "string"
            ? money(difference, "always")
            : withMinus(format.number(difference, { signDisplay: "exceptZero" })),
        percent: percent === null ? "–" : `${withMinus(plus(percent))} %`,
      };
    },
    [format, money],
  );
}

const plus = (percent: string) =>
  percent.startsWith("-") || Number(percent) === 0 ? percent : `+${percent}`;

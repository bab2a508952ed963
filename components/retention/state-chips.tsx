"use client";
import { UnstyledButton } from "@mantine/core";
import { useFormatter, useTranslations } from "use-intl";
import type { CaseCounts } from "#server/contracts/api/retention.ts";
import { isShown } from "./prepare-queue.ts";
import styles from "./state-chips.module.css";
import { useCounts } from "./use-counts.ts";
import { FILTERS, type Filter, useDeskChoice } from "./use-desk-choice.ts";

function countOf(counts: CaseCounts | undefined, filter: Filter): number | null {
  if (!counts) return null;
  return filter === "open" ? counts.open : counts.byState[filter];
}

/** Filters by state, each with how many cases it holds. */
export function StateChips() {
  const t = useTranslations("retention.filters");
  const format = useFormatter();
  const { data } = useCounts();
  const [choice, setChoice] = useDeskChoice();
  return (
    <div className={styles.chips}>
      {FILTERS.filter((filter) => isShown(filter, countOf(data, filter) ?? 0)).map((filter) => {
        const count = countOf(data, filter);
        return (
          <UnstyledButton
            key={filter}
            className={styles.chip}
            aria-pressed={choice.state === filter}
            onClick={() => void setChoice({ state: filter, case: null })}
          >
            {t(filter)}
            <span className={styles.count}>{count === null ? "" : format.number(count)}</span>
          </UnstyledButton>
        );
      })}
    </div>
  );
}

"use client";
import { UnstyledButton } from "@mantine/core";
import { useFormatter, useTranslations } from "use-intl";
import type { CaseCounts } from "#server/contracts/api/retention.ts";
import styles from "./state-chips.module.css";
import { useCounts } from "./use-counts.ts";
import { FILTERS, type Filter, useDeskChoice } from "./use-desk-choice.ts";

function countOf(counts: CaseCounts | undefined, filter: Filter): number | null {
  if (!counts) return null;
  return filter === "now" ? counts.now : counts.byState[filter];
}

/** Filters by state, each with how many cases it holds. */
export function StateChips() {
  const t = useTranslations("retention.filters");
  const format = useFormatter();
  const [choice, setChoice] = useDeskChoice();
  const { data } = useCounts(choice.owner);
  return (
    <div className={styles.chips}>
      {FILTERS.map((filter) => {
        const count = countOf(data, filter);
        return (
          <UnstyledButton
            key={filter}
            className={styles.chip}
            aria-pressed={choice.find === "" && choice.state === filter}
            onClick={() => void setChoice({ state: filter, find: null, case: null })}
          >
            {t(filter)}
            <span className={styles.count}>{count === null ? "" : format.number(count)}</span>
          </UnstyledButton>
        );
      })}
    </div>
  );
}

"use client";
import { memo } from "react";
import type { ComparedWith } from "#server/contracts/compared-days.ts";
import { isComparison } from "#server/contracts/compared-days.ts";
import { remember } from "../shell/preferences.ts";
import type { Address } from "./address.ts";
import styles from "./board-tools.module.css";
import { COMPARE_COOKIE } from "./compare-choice.ts";
import { ComparePicker } from "./compare-picker.tsx";
import { CopyLink } from "./copy-link.tsx";
import { DayBadge } from "./day-badge.tsx";
import { DayPicker } from "./day-picker.tsx";
import type { BoardChoice } from "./use-board-choice.ts";

interface BoardToolsProps {
  readonly address: Address;
  readonly today: string;
  readonly firstDay: string | null;
  readonly choose: BoardChoice["choose"];
  /** Of the figures shown; 0: the day is open, or not read yet. */
  readonly revision: number;
}

/** Which day, and what it is compared with. */
export const BoardTools = memo(function BoardTools(props: BoardToolsProps) {
  const { address, today, firstDay, choose, revision } = props;
  const { date, compared } = address;
  const compareWith = (picked: ComparedWith) => {
    if (isComparison(picked)) remember(COMPARE_COOKIE, picked);
    void choose({ with: picked });
  };
  return (
    <div className={styles.tools}>
      <DayPicker
        date={date}
        today={today}
        firstDay={firstDay}
        onPick={(picked) =>
          // Another day is another page: the way back leads to the one before.
          void choose(
            { date: picked === today ? null : picked, hour: null, revision: null },
            { history: "push" },
          )
        }
      />
      <ComparePicker compared={compared} date={date} today={today} firstDay={firstDay} onPick={compareWith} />
      {date === today && revision === 0 ? null : (
        <DayBadge
          revision={revision}
          isEarlier={address.revision !== null}
          onOpen={() => void choose({ closed: true })}
        />
      )}
      <CopyLink address={address} />
    </div>
  );
});

"use client";
import { UnstyledButton } from "@mantine/core";
import { useFormatter, useTranslations } from "use-intl";
import { prepareReasons } from "./prepare-reasons.ts";
import styles from "./reason-chips.module.css";
import { type DeadLetterFilter, useDeadLetterReasons } from "./use-dead-letters.ts";

interface ReasonChipsProps {
  readonly filter: DeadLetterFilter;
  readonly onFilter: (filter: DeadLetterFilter) => void;
}

/** Which streams' lines were refused and why, with how many; a click shows only those. */
export function ReasonChips({ filter, onFilter }: ReasonChipsProps) {
  const t = useTranslations("pipeline.deadLetters");
  const streams = useTranslations("pipeline.streams");
  const { data } = useDeadLetterReasons();
  const { total, byStream, byCode } = prepareReasons(data ?? { items: [] }, filter.stream);
  const { stream, code } = filter;
  return (
    <>
      <fieldset className={styles.chips} aria-label={t("stream")}>
        <Chip
          name={t("anyStream")}
          count={total}
          chosen={stream === ""}
          onClick={() => onFilter(EVERYTHING)}
        />
        {byStream.map((item) => (
          <Chip
            key={item.stream}
            name={streams(item.stream)}
            count={item.count}
            chosen={stream === item.stream}
            onClick={() => onFilter({ stream: item.stream, code: "" })}
          />
        ))}
      </fieldset>
      <fieldset className={`${styles.chips} ${styles.codes}`} aria-label={t("reasons")}>
        <Chip name={t("all")} chosen={code === ""} onClick={() => onFilter({ stream, code: "" })} />
        {byCode.map((item) => (
          <Chip
            key={item.code}
            name={item.code}
            count={item.count}
            chosen={code === item.code}
            onClick={() => onFilter({ stream, code: item.code })}
          />
        ))}
      </fieldset>
    </>
  );
}

const EVERYTHING: DeadLetterFilter = { stream: "", code: "" };

interface ChipProps {
  readonly name: string;
  readonly count?: number;
  readonly chosen: boolean;
  readonly onClick: () => void;
}

function Chip({ name, count, chosen, onClick }: ChipProps) {
  const format = useFormatter();
  return (
    <UnstyledButton className={styles.chip} aria-pressed={chosen} onClick={onClick}>
      {name}
      {count === undefined ? null : <span className={styles.count}>{format.number(count)}</span>}
    </UnstyledButton>
  );
}

"use client";
import { Button, Select } from "@mantine/core";
import { useFormatter, useTranslations } from "use-intl";
import type { PipelineStatus } from "#server/contracts/api/pipeline.ts";
import { STREAM_NAMES } from "#server/contracts/streams.ts";
import { Segments } from "../ui/segments.tsx";
import styles from "./dead-letters.module.css";
import { DEAD_LETTER_STATES, type DeadLetterChoice, SINCES } from "./prepare-dead-letters.ts";
import { useReasonWords } from "./use-reason-words.ts";

interface DeadLetterFiltersProps {
  readonly choice: DeadLetterChoice;
  readonly onChoose: (next: Partial<DeadLetterChoice>) => void;
  readonly status: PipelineStatus | undefined;
}

/** By state, stream, time; and the reason group that was chosen below, which can be cleared. */
export function DeadLetterFilters({ choice, onChoose, status }: DeadLetterFiltersProps) {
  const t = useTranslations("pipeline.deadLetters");
  const streams = useTranslations("pipeline.streams");
  const reasonOf = useReasonWords();
  const count = useStateCounts(status);
  return (
    <div className={styles.filters}>
      <Segments
        label={t("state")}
        value={choice.state}
        onChange={(state) => onChoose({ state })}
        data={DEAD_LETTER_STATES.map((value) => ({ value, label: `${t(`states.${value}`)}${count(value)}` }))}
      />
      <Select
        aria-label={t("stream")}
        allowDeselect={false}
        value={choice.stream}
        onChange={(stream) => onChoose({ stream: stream ?? "", code: "", field: null })}
        data={[
          { value: "", label: t("anyStream") },
          ...STREAM_NAMES.map((value) => ({ value, label: streams(value) })),
        ]}
      />
      <Select
        aria-label={t("since")}
        allowDeselect={false}
        value={choice.since}
        onChange={(since) => onChoose({ since: SINCES.find((each) => each === since) ?? "any" })}
        data={SINCES.map((value) => ({ value, label: t(`sinces.${value}`) }))}
      />
      {choice.code === "" ? null : (
        <Button variant="light" onClick={() => onChoose({ code: "", field: null })}>
          {reasonOf({ code: choice.code, field: choice.field || null })} ✕
        </Button>
      )}
    </div>
  );
}

/** How many dead letters are in each state, as the counters tell; nothing while they are not known. */
function useStateCounts(status: PipelineStatus | undefined): (state: DeadLetterChoice["state"]) => string {
  const format = useFormatter();
  const sum = (name: "open" | "replayed" | "discarded") =>
    status?.streams.reduce((total, { deadLetters }) => total + deadLetters[name], 0);
  return (state) => {
    const count = state === "all" ? status?.deadLetters.total : sum(state);
    return count === undefined ? "" : ` ${format.number(count)}`;
  };
}

"use client";
import { useTranslations } from "use-intl";
import type { PipelineStatus } from "#server/contracts/api/pipeline.ts";
import { CommandLine } from "../ui/command-line.tsx";
import { LoadFailed } from "../ui/load-failed.tsx";
import { Panel } from "../ui/panel.tsx";
import { useOrigin } from "../ui/use-origin.ts";
import { prepareStreams } from "./prepare-streams.ts";
import { StreamCard } from "./stream-card.tsx";
import styles from "./streams-panel.module.css";
import type { PipelinePanelProps } from "./system-panel.tsx";
import { useRateHistory } from "./use-pipeline.ts";

interface StreamsPanelProps extends PipelinePanelProps {
  readonly failed: boolean;
  readonly onRetry: () => void;
}

/** One row a stream. */
export function StreamsPanel({ status, stale, failed, onRetry }: StreamsPanelProps) {
  const t = useTranslations("pipeline.streams");
  const page = useTranslations("pipeline");
  return (
    <Panel stale={stale} title={t("title")} note={t("subtitle")}>
      <div className={styles.body}>
        {status ? <Streams status={status} /> : null}
        {!status && failed ? (
          <LoadFailed message={t("failed")} retry={page("retry")} onRetry={onRetry} />
        ) : null}
        {status || failed ? null : <div className={styles.skeleton} aria-hidden="true" />}
      </div>
    </Panel>
  );
}

function Streams({ status }: { readonly status: PipelineStatus }) {
  const t = useTranslations("pipeline.streams");
  const rates = useRateHistory();
  const origin = useOrigin();
  const nothing = status.streams.every((stream) => stream.received === 0);
  return (
    <>
      {nothing ? (
        <div className={styles.empty}>
          <p>{t("empty")}</p>
          <CommandLine command={sendOrder(origin)} copy={t("copy")} copied={t("copied")} />
        </div>
      ) : null}
      <ul className={styles.streams}>
        {prepareStreams(status).map((row) => (
          <StreamCard key={row.stream} row={row} at={status.at} rates={rates[row.stream] ?? []} />
        ))}
      </ul>
    </>
  );
}

const sendOrder = (origin: string): string =>
  `curl -X POST ${origin}/ingest/orders \\
  -H "Authorization: Bearer $API_KEY" -H "Content-Type: application/x-ndjson" \\
  -d "{\\"id\\":\\"7\\",\\"order_no\\":\\"A1\\",\\"gmt_modified\\":$(date +%s)000,\\"account_payble\\":\\"100.00\\"}"`;

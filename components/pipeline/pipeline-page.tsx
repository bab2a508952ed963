"use client";
import { useTranslations } from "use-intl";
import { useFreshness } from "../live/freshness-badge.tsx";
import { useCan } from "../shell/session.tsx";
import { PageFrame } from "../ui/page-frame.tsx";
import { DeadLettersPanel } from "./dead-letters-panel.tsx";
import { DeliveriesPanel } from "./deliveries-panel.tsx";
import { FindingsPanel } from "./findings-panel.tsx";
import { NodesPanel } from "./nodes-panel.tsx";
import styles from "./pipeline-page.module.css";
import { StreamsPanel } from "./streams-panel.tsx";
import { SystemPanel } from "./system-panel.tsx";
import { usePipeline } from "./use-pipeline.ts";

/** /pipeline: how events flow, what is slow, and what was refused. */
export function PipelinePage() {
  const t = useTranslations("pipeline");
  const { data, isError, refetch } = usePipeline();
  const { isStale } = useFreshness();
  const seesDeliveries = useCan("deliveries.read");
  const seesDeadLetters = useCan("dead-letters.read");
  return (
    <PageFrame title={t("title")}>
      <div className={styles.panels}>
        <SystemPanel status={data} stale={isStale} />
        <NodesPanel status={data} stale={isStale} />
        <FindingsPanel status={data} stale={isStale} />
        <StreamsPanel status={data} stale={isStale} failed={isError} onRetry={() => void refetch()} />
        {seesDeliveries ? <DeliveriesPanel /> : null}
        {seesDeadLetters ? <DeadLettersPanel status={data} /> : null}
      </div>
    </PageFrame>
  );
}

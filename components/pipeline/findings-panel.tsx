"use client";
import { useTranslations } from "use-intl";
import type { PipelineStatus } from "#server/contracts/api/pipeline.ts";
import { Panel } from "../ui/panel.tsx";
import { useAge } from "../ui/use-age.ts";
import styles from "./findings-panel.module.css";
import { type Finding, prepareFindings } from "./prepare-findings.ts";
import { prepareStreams } from "./prepare-streams.ts";
import type { PipelinePanelProps } from "./system-panel.tsx";

/** What is slow, in words. */
export function FindingsPanel({ status, stale }: PipelinePanelProps) {
  const t = useTranslations("pipeline.findings");
  return (
    <Panel stale={stale} title={t("title")}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard */}
      <section className={styles.body} aria-label={t("title")} aria-live="polite" tabIndex={0}>
        {status ? <Findings status={status} /> : <div className={styles.skeleton} aria-hidden="true" />}
      </section>
    </Panel>
  );
}

function Findings({ status }: { readonly status: PipelineStatus }) {
  const t = useTranslations("pipeline.findings");
  const words = useFindingWords();
  const findings = prepareFindings(status, prepareStreams(status));
  if (findings.length === 0) {
    const received = status.streams.some((stream) => stream.received > 0);
    return <p className={received ? styles.fine : styles.empty}>{t(received ? "fine" : "empty")}</p>;
  }
  return (
    <ul className={styles.list}>
      {findings.map((finding) => (
        <li
          key={JSON.stringify([
            finding.kind,
            "stream" in finding ? finding.stream : "node" in finding ? finding.node : "",
          ])}
          className={styles[finding.level]}
        >
          <span aria-hidden="true">{finding.level === "alarm" ? "■" : "▲"}</span>
          <span>{words(finding)}</span>
        </li>
      ))}
    </ul>
  );
}

function useFindingWords(): (finding: Finding) => string {
  const t = useTranslations("pipeline.findings");
  const streams = useTranslations("pipeline.streams");
  const system = useTranslations("pipeline.system");
  const age = useAge();
  return (finding) => {
    const stream = "stream" in finding ? streams(finding.stream) : "";
    switch (finding.kind) {
      case "missing":
        return t("missing", { stream });
      case "sum":
        return t("sum", { stream, sum: finding.sum, received: finding.received });
      case "figures":
        return t("figures", { count: finding.count });
      case "writer":
        return finding.state === "standby" ? t("noWriter") : t("writer", { state: system(finding.state) });
      case "dead":
        return t("dead", { count: finding.count });
      case "reveals":
        return t("reveals", { count: finding.count });
      case "waiting":
        return t("waiting", { count: finding.count, lastHour: finding.lastHour });
      case "queue":
        return t("queue", { count: finding.count });
      case "silent":
        return t("silent", { node: finding.node });
      case "behind":
        return t("behind", { node: finding.node, age: age(finding.seconds) });
      case "builds":
        return t("builds", { count: finding.count });
      case "commit":
        return t("commit", { ms: finding.ms });
      case "lag":
        return t("lag", { stream, age: age(finding.seconds) });
      case "refused":
        return t("refused", { stream, percent: finding.percent });
    }
  };
}

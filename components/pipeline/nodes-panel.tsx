"use client";
import { useFormatter, useTranslations } from "use-intl";
import type { PipelineStatus } from "#server/contracts/api/pipeline.ts";
import { Panel } from "../ui/panel.tsx";
import { useAge } from "../ui/use-age.ts";
import { useMoment } from "../ui/use-moment.ts";
import table from "./dead-letter-table.module.css";
import styles from "./nodes-panel.module.css";
import { isBehind } from "./prepare-findings.ts";
import type { PipelinePanelProps } from "./system-panel.tsx";

type Node = PipelineStatus["nodes"][number];

/** The processes that serve on this database; of one alone the tiles above say all. On a narrow screen each row is a card. */
export function NodesPanel({ status, stale }: PipelinePanelProps) {
  const t = useTranslations("pipeline.nodes");
  const nodes = status?.nodes ?? [];
  if (nodes.length < 2) return null;
  const sockets = nodes.reduce((sum, node) => sum + node.sockets, 0);
  return (
    <Panel stale={stale} title={t("title")} note={t("subtitle", { count: sockets })}>
      <table className={table.table}>
        <thead>
          <tr>
            <th scope="col">{t("node")}</th>
            <th scope="col">{t("state")}</th>
            <th scope="col" className={table.number}>
              {t("sockets")}
            </th>
            <th scope="col" className={table.number}>
              {t("behind")}
            </th>
            <th scope="col">{t("since")}</th>
            <th scope="col">{t("build")}</th>
          </tr>
        </thead>
        <tbody>
          {nodes.map((node) => (
            <Row key={node.id} node={node} />
          ))}
        </tbody>
      </table>
    </Panel>
  );
}

function Row({ node }: { readonly node: Node }) {
  const t = useTranslations("pipeline.nodes");
  const format = useFormatter();
  const age = useAge();
  const moment = useMoment();
  const isSlow = isBehind(node);
  const state = node.isSilent ? "silent" : node.isWriter ? "writer" : node.role === "all" ? "standby" : "web";
  return (
    <tr>
      <td data-label={t("node")}>
        <span>
          <span className={node.isSilent || isSlow ? styles.look : styles.well} aria-hidden="true">
            {node.isSilent || isSlow ? "▲" : "●"}
          </span>{" "}
          <strong>{node.name}</strong>
          {node.isThis ? <span className={styles.quiet}> {t("this")}</span> : null}
        </span>
      </td>
      <td data-label={t("state")}>{t(`states.${state}`)}</td>
      <td data-label={t("sockets")} className={table.number}>
        {format.number(node.sockets)}
      </td>
      <td data-label={t("behind")} className={`${table.number} ${isSlow ? styles.look : ""}`}>
        {node.behindMs === 0 ? t("none") : age(node.behindMs / 1_000)}
      </td>
      <td data-label={t("since")}>{moment(node.startedAt)}</td>
      <td data-label={t("build")} className={styles.quiet}>
        {node.build}
      </td>
    </tr>
  );
}

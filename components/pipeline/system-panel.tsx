"use client";
import { useFormatter, useTranslations } from "use-intl";
import type { PipelineStatus } from "#server/contracts/api/pipeline.ts";
import { Panel } from "../ui/panel.tsx";
import { otherWriter } from "./prepare-findings.ts";
import styles from "./system-panel.module.css";

/** What every panel of the pipeline's state is given. */
export interface PipelinePanelProps {
  /** undefined: not read yet. */
  readonly status: PipelineStatus | undefined;
  readonly stale: boolean;
}

interface Tile {
  readonly name: string;
  /** null: missing, which is an alarm. */
  readonly figure: string | null;
  readonly note: string;
}

/** Writer, queue, outbox, sockets and dead letters, each a figure with its unit. */
export function SystemPanel({ status, stale }: PipelinePanelProps) {
  const t = useTranslations("pipeline.system");
  const tiles = useTiles(status);
  return (
    <Panel stale={stale}>
      <dl className={styles.tiles}>
        {tiles.map(({ name, figure, note }) => (
          <div key={name} className={styles.tile}>
            <dt>{name}</dt>
            <dd className={status && figure === null ? styles.missing : styles.figure}>
              {status ? (figure ?? `■ ${t("missing")}`) : <span className={styles.skeleton} />}
            </dd>
            <dd className={styles.note}>{status ? note : ""}</dd>
          </div>
        ))}
      </dl>
      <p className={styles.pruning}>{status && <Pruning pruning={status.pruning} />}</p>
    </Panel>
  );
}

/** What the last night deleted, in a sentence. */
function Pruning({ pruning }: Pick<PipelineStatus, "pruning">) {
  const t = useTranslations("pipeline.system");
  const format = useFormatter();
  if (pruning === null) return t("prunedNever");
  const { at, log, orders, deadLetters, notices, kept } = pruning;
  const time = format.dateTime(new Date(at), WHEN);
  return (
    <>
      {t("pruned", { time, log, orders, deadLetters, notices })}{" "}
      {kept > 0 && t("prunedKept", { count: kept })}
    </>
  );
}

function useTiles(status: PipelineStatus | undefined): Tile[] {
  const t = useTranslations("pipeline.system");
  const format = useFormatter();
  const number = (value: number | undefined) => (value === undefined ? null : format.number(value));
  const { writer, verification, outbox, sockets, deadLetters } = status ?? {};
  const commit = writer?.lastCommitMs ?? null;
  // What the writer alone knows is told by its own node.
  const elsewhere = status && otherWriter(status);
  const there = elsewhere && t("elsewhere", { node: elsewhere.name });
  const nobody = !elsewhere && writer?.state === "standby" ? t("noWriter") : undefined;
  return [
    {
      name: t("writer"),
      figure: there ? t("leading") : nobody ? t("nobody") : writer ? t(writer.state) : null,
      note:
        there ??
        nobody ??
        t("epoch", { epoch: writer?.epoch ?? "", holder: writer?.holder.split(":")[0] ?? "" }),
    },
    {
      name: t("queue"),
      figure: there || nobody ? "–" : number(writer?.queuedEvents),
      note: there ?? nobody ?? t("queueUnit"),
    },
    {
      name: t("commit"),
      figure: there || nobody ? "–" : commit === null ? t("never") : format.number(commit, MILLISECONDS),
      note: there ?? nobody ?? t("commitNote"),
    },
    {
      name: t("verified"),
      figure: verification ? t("verifiedDays", { count: verification.days }) : t("never"),
      note: verification
        ? t("verifiedNote", { time: format.dateTime(new Date(verification.at), WHEN) })
        : t("verifiedNever"),
    },
    { name: t("sockets"), figure: number(sockets?.connected), note: t("socketsUnit") },
    {
      name: t("outbox"),
      figure: number(outbox?.depth),
      note: t("outboxUnit", { dead: format.number(outbox?.dead ?? 0) }),
    },
    {
      name: t("deadLetters"),
      figure: number(deadLetters?.open),
      note: t("lastHour", { count: format.number(deadLetters?.lastHour ?? 0) }),
    },
  ];
}

const WHEN = {
  month: "short",
  day: "numeric",
  hour: "2-digit",
  minute: "2-digit",
  hourCycle: "h23",
} as const;
const MILLISECONDS = {
  style: "unit",
  unit: "millisecond",
  unitDisplay: "short",
  maximumFractionDigits: 1,
} as const;

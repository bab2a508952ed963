import type { PipelineStatus } from "#server/contracts/api/pipeline.ts";
import type { StreamName } from "#server/contracts/streams.ts";
import type { StreamRow } from "./prepare-streams.ts";

/** Events in the queue from which on senders are told apart from a short burst. */
const LONG_QUEUE = 5_000;
const SLOW_COMMIT_MS = 1_000;
const LONG_LAG_SECONDS = 600;
/** Share of refused lines that nobody has dealt with, of a stream, that asks for a look. */
const MANY_REFUSED = 0.05;

/** One thing that is slow or wrong; `alarm` asks for action now, `notice` for a look. */
export type Finding =
  | { readonly kind: "missing"; readonly level: "alarm"; readonly stream: StreamName }
  | {
      readonly kind: "sum";
      readonly level: "alarm";
      readonly stream: StreamName;
      readonly sum: number;
      readonly received: number;
    }
  | { readonly kind: "figures"; readonly level: "alarm"; readonly count: number }
  | { readonly kind: "writer"; readonly level: "alarm"; readonly state: PipelineStatus["writer"]["state"] }
  | { readonly kind: "dead"; readonly level: "alarm"; readonly count: number }
  | { readonly kind: "reveals"; readonly level: "notice"; readonly count: number }
  | { readonly kind: "waiting"; readonly level: "notice"; readonly count: number; readonly lastHour: number }
  | { readonly kind: "queue"; readonly level: "notice"; readonly count: number }
  | { readonly kind: "commit"; readonly level: "notice"; readonly ms: number }
  | { readonly kind: "silent"; readonly level: "notice"; readonly node: string }
  | { readonly kind: "behind"; readonly level: "notice"; readonly node: string; readonly seconds: number }
  | { readonly kind: "builds"; readonly level: "notice"; readonly count: number }
  | { readonly kind: "lag"; readonly level: "notice"; readonly stream: StreamName; readonly seconds: number }
  | {
      readonly kind: "refused";
      readonly level: "notice";
      readonly stream: StreamName;
      readonly percent: number;
    };

/** What is slow or wrong, the worst first. Empty: everything keeps up. */
export function prepareFindings(status: PipelineStatus, rows: readonly StreamRow[]): Finding[] {
  return [
    ...rows.flatMap(wrong),
    ...figureFindings(status),
    ...writerFindings(status),
    ...nodeFindings(status.nodes),
    ...givenUp(status.outbox),
    ...refusedReveals(status),
    ...waitingLines(status),
    ...rows.flatMap(slow),
  ].sort((a, b) => Number(b.level === "alarm") - Number(a.level === "alarm"));
}

function wrong({ stream, status, sum, addsUp }: StreamRow): Finding[] {
  if (status === null) return [{ kind: "missing", level: "alarm", stream }];
  return addsUp ? [] : [{ kind: "sum", level: "alarm", stream, sum, received: status.received }];
}

function figureFindings({ verification }: PipelineStatus): Finding[] {
  const count = verification?.differences ?? 0;
  return count === 0 ? [] : [{ kind: "figures", level: "alarm", count }];
}

/** From how far on a node's screens are told apart from one that is just reading, ms. */
const BEHIND_MS = 3_000;

/** Whether the screens of a node show what is long past. */
export const isBehind = ({ behindMs }: Pick<PipelineStatus["nodes"][number], "behindMs">): boolean =>
  behindMs >= BEHIND_MS;

function nodeFindings(nodes: PipelineStatus["nodes"]): Finding[] {
  const builds = new Set(nodes.map(({ build }) => build)).size;
  return [
    ...nodes.flatMap((node): Finding[] => {
      if (node.isSilent) return [{ kind: "silent", level: "notice", node: node.name }];
      if (!isBehind(node)) return [];
      return [{ kind: "behind", level: "notice", node: node.name, seconds: node.behindMs / 1_000 }];
    }),
    ...(builds > 1 ? [{ kind: "builds", level: "notice", count: builds } as const] : []),
  ];
}

/** The node that writes for the one that answers; undefined: that one does so itself, or none does. */
export const otherWriter = ({ nodes }: Pick<PipelineStatus, "nodes">) =>
  nodes.find(({ isWriter, isSilent, isThis }) => isWriter && !isSilent && !isThis);

function writerFindings(status: PipelineStatus): Finding[] {
  const { writer } = status;
  const findings: Finding[] = [];
  const isElsewhere = writer.state === "standby" && otherWriter(status) !== undefined;
  if (writer.state !== "leading" && !isElsewhere)
    findings.push({ kind: "writer", level: "alarm", state: writer.state });
  if (writer.queuedEvents >= LONG_QUEUE) {
    findings.push({ kind: "queue", level: "notice", count: writer.queuedEvents });
  }
  if (writer.lastCommitMs !== null && writer.lastCommitMs >= SLOW_COMMIT_MS) {
    findings.push({ kind: "commit", level: "notice", ms: Math.round(writer.lastCommitMs) });
  }
  return findings;
}

function givenUp({ dead }: PipelineStatus["outbox"]): Finding[] {
  return dead > 0 ? [{ kind: "dead", level: "alarm", count: dead }] : [];
}

function refusedReveals({ revealsRefused: count }: PipelineStatus): Finding[] {
  return count > 0 ? [{ kind: "reveals", level: "notice", count }] : [];
}

/** However few: over lines that nobody has dealt with nothing keeps up. */
function waitingLines({ deadLetters: { open, lastHour } }: PipelineStatus): Finding[] {
  return open > 0 ? [{ kind: "waiting", level: "notice", count: open, lastHour }] : [];
}

function slow({ stream, status }: StreamRow): Finding[] {
  if (status === null || status.received === 0) return [];
  const findings: Finding[] = [];
  if (status.lagSeconds !== null && status.lagSeconds >= LONG_LAG_SECONDS) {
    findings.push({ kind: "lag", level: "notice", stream, seconds: status.lagSeconds });
  }
  const refused = status.deadLetters.open / status.received;
  if (refused >= MANY_REFUSED) {
    findings.push({ kind: "refused", level: "notice", stream, percent: Math.round(refused * 100) });
  }
  return findings;
}

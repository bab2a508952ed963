import { Counter, collectDefaultMetrics, Gauge, Registry } from "prom-client";
import { STREAM_NAMES } from "../contracts/streams.ts";
import { readPruning } from "../jobs/pruning.ts";
import { readVerification } from "../jobs/verification.ts";
import { outboxStatus } from "../notifications/outbox-status.ts";
import type { ProbeDependencies } from "./probe-dependencies.ts";

export interface Metrics {
  readonly contentType: string;
  text(): Promise<string>;
}

/** Prometheus text: the process's own figures, the writer, each stream's dispositions, sockets. */
export function createMetrics({ pool, writer, live, notifier, log }: ProbeDependencies): Metrics {
  const registry = new Registry();
  // Every other millisecond: nodejs_eventloop_lag_p99_seconds then shows delays, and not the watch's own rhythm.
  collectDefaultMetrics({ register: registry, eventLoopMonitoringPrecision: 2 });
  new Gauge({
    name: "tidewatch_writer_leading",
    help: "1 while this process is the writer.",
    registers: [registry],
    collect() {
      this.set(writer.status().state === "leading" ? 1 : 0);
    },
  });
  new Gauge({
    name: "tidewatch_writer_queued_events",
    help: "Events that wait for their commit.",
    registers: [registry],
    collect() {
      this.set(writer.status().queuedEvents);
    },
  });
  new Gauge({
    name: "tidewatch_writer_last_commit_seconds",
    help: "Duration of the newest commit.",
    registers: [registry],
    collect() {
      this.set((writer.status().lastCommitMs ?? 0) / 1000);
    },
  });
  new Gauge({
    name: "tidewatch_sockets",
    help: "Connected dashboards.",
    registers: [registry],
    collect() {
      this.set(live.socketCount());
    },
  });
  gaugeVerification(registry, pool, log);
  gaugePruning(registry, pool, log);
  gaugeDeadLetters(registry, pool, log);
  new Counter({
    name: "tidewatch_events_total",
    help: "Events by stream and disposition since the installation.",
    labelNames: ["stream", "disposition"],
    registers: [registry],
    async collect() {
      try {
        const rows = await readDispositions(pool);
        this.reset(); // the database has counted; what it says is the whole
        for (const { stream, disposition, events } of rows) this.inc({ stream, disposition }, Number(events));
      } catch (error) {
        // A scrape must not fail because the database is away; the figures are then those of the last one.
        log.warn({ err: error }, "metrics without the database");
      }
    },
  });
  new Gauge({
    name: "tidewatch_notifier_last_pass_timestamp_seconds",
    help: "When this process last processed the outbox.",
    registers: [registry],
    collect() {
      this.set((notifier.lastPassAt() ?? 0) / 1000);
    },
  });
  new Gauge({
    name: "tidewatch_deliveries",
    help: "Notices by state: on their way, or given up.",
    labelNames: ["state"],
    registers: [registry],
    async collect() {
      try {
        const { depth, dead } = await outboxStatus({ pool, now: Date.now });
        this.set({ state: "pending" }, depth);
        this.set({ state: "dead" }, dead);
      } catch (error) {
        log.warn({ err: error }, "metrics without the database");
      }
    },
  });
  return { contentType: registry.contentType, text: () => registry.metrics() };
}

/** The nightly recomputation: 0 until the first night. */
function gaugeVerification(
  registry: Registry,
  pool: ProbeDependencies["pool"],
  log: ProbeDependencies["log"],
): void {
  const read = () => readVerification({ pool }).catch((error: Error) => withoutDatabase(log, error));
  // Each reads for itself: the registry waits for no gauge's neighbour.
  new Gauge({
    name: "tidewatch_verified_timestamp_seconds",
    help: "When days were last recomputed from the log; 0: never.",
    registers: [registry],
    async collect() {
      const verification = await read();
      if (verification) this.set(Date.parse(verification.at) / 1000);
    },
  });
  new Gauge({
    name: "tidewatch_verify_differences",
    help: "Figures that the newest recomputation found different.",
    registers: [registry],
    async collect() {
      const verification = await read();
      if (verification) this.set(verification.differences);
    },
  });
}

/** The nightly pruning: its time is 0, and its parts are absent, until the first night. */
function gaugePruning(
  registry: Registry,
  pool: ProbeDependencies["pool"],
  log: ProbeDependencies["log"],
): void {
  const read = () => readPruning({ pool }).catch((error: Error) => withoutDatabase(log, error));
  new Gauge({
    name: "tidewatch_pruned_timestamp_seconds",
    help: "When what is older than the KEEP_ variables say was last deleted; 0: never.",
    registers: [registry],
    async collect() {
      const pruning = await read();
      if (pruning) this.set(Date.parse(pruning.at) / 1000);
    },
  });
  new Gauge({
    name: "tidewatch_pruned",
    help: "What the newest pruning deleted: months, or notices; kept: months that are still needed.",
    labelNames: ["what"],
    registers: [registry],
    async collect() {
      const pruning = await read();
      if (!pruning) return;
      this.set({ what: "log" }, pruning.log);
      this.set({ what: "orders" }, pruning.orders);
      this.set({ what: "dead_letters" }, pruning.deadLetters);
      this.set({ what: "notices" }, pruning.notices);
      this.set({ what: "kept" }, pruning.kept);
    },
  });
}

function withoutDatabase(log: ProbeDependencies["log"], error: Error): null {
  log.warn({ err: error }, "metrics without the database");
  return null;
}

async function readDispositions(pool: ProbeDependencies["pool"]) {
  const { rows } = await pool.query<{ stream: string; disposition: string; events: string }>(
    `SELECT s.name AS stream, d.disposition, d.events FROM stream s CROSS JOIN LATERAL (VALUES
       ('applied', s.applied), ('superseded', s.superseded), ('duplicate', s.duplicate), ('late', s.late),
       ('not_key_user', s.not_key_user), ('anonymous', s.anonymous), ('rejected', s.rejected)) AS d (disposition, events)
     WHERE s.name = ANY ($1)`,
    [STREAM_NAMES],
  );
  return rows;
}

function gaugeDeadLetters(
  registry: Registry,
  pool: ProbeDependencies["pool"],
  log: ProbeDependencies["log"],
): void {
  const read = () => readDeadLetters(pool).catch((error: Error) => withoutDatabase(log, error));
  new Gauge({
    name: "tidewatch_dead_letters_open",
    help: "Rejected lines by stream that wait for somebody.",
    labelNames: ["stream"],
    registers: [registry],
    async collect() {
      for (const { stream, open } of (await read()) ?? []) this.set({ stream }, Number(open));
    },
  });
  new Counter({
    name: "tidewatch_dead_letters_settled_total",
    help: "Rejected lines by stream and what became of them since the installation: replayed or discarded.",
    labelNames: ["stream", "state"],
    registers: [registry],
    async collect() {
      const rows = await read();
      if (!rows) return;
      this.reset();
      for (const { stream, replayed, discarded } of rows) {
        this.inc({ stream, state: "replayed" }, Number(replayed));
        this.inc({ stream, state: "discarded" }, Number(discarded));
      }
    },
  });
}

async function readDeadLetters(pool: ProbeDependencies["pool"]) {
  const { rows } = await pool.query<Record<"stream" | "open" | "replayed" | "discarded", string>>(
    `SELECT name AS stream, rejected - dead_letters_replayed - dead_letters_discarded AS open, dead_letters_replayed AS replayed,
       dead_letters_discarded AS discarded FROM stream WHERE name = ANY ($1)`,
    [STREAM_NAMES],
  );
  return rows;
}

import type pg from "pg";
import { expect, vi } from "vitest";
import type { Actor } from "#server/access/can.ts";
import type { IngestBatch } from "#server/contracts/batch.ts";
import { BusinessTime } from "#server/contracts/business-time.ts";
import type { Writer } from "#server/engine/writer.ts";
import { parseBatch } from "#server/ingest/parse-batch.ts";
import { Unavailable } from "#server/lib/errors.ts";
import { aPerson, type CaseHarness, openCaseHarness } from "../factories/case-factory.ts";
import { counts, startTestWriter } from "../harness/writer-harness.ts";
import type { Body, Counts } from "./journal.ts";

const SKEW_MS = 300_000;
const WAIT = { timeout: 20_000, interval: 5 };

/** Tables that a story fills. Rows go one by one: there are few, and that is quicker than to truncate. */
const FILLED =
  `hour_cause, delivery, outbox, occurrence, case_event, retention_case, baseline_change, key_user, key_user_import_row, key_user_import, audit_detail, audit_entry,
  event_log, commit_feed, hour_figure, order_day, day_revision, day_revision_hour, late_order, last_order, personal_block, gross_order, last_page,
  dead_letter`.split(/,\s*/);
const EMPTY = `BEGIN; SET LOCAL session_replication_role = replica;
  ${FILLED.map((table) => `DELETE FROM ${table};`).join(" ")}
  DELETE FROM alert_rule WHERE version > 1;
  UPDATE commit_position SET position = 0;
  CREATE TEMPORARY TABLE names ON COMMIT DROP AS SELECT name FROM stream;
  DELETE FROM stream; INSERT INTO stream (name) SELECT name FROM names; COMMIT`;

/** The system under test: a real writer on a real PostgreSQL, and the commands of people. Lives through one story at a time. */
export class World {
  readonly harness: CaseHarness;
  readonly actor: Actor;
  readonly #url: string;
  #time = new BusinessTime("UTC");
  #writer: Writer | null = null;
  #closeAfterHours = 24;

  private constructor(url: string, harness: CaseHarness, actor: Actor) {
    this.#url = url;
    this.harness = harness;
    this.actor = actor;
  }

  static async open(url: string): Promise<World> {
    const harness = await openCaseHarness(url);
    return new World(url, harness, await aPerson(harness, "ada", "administrator"));
  }

  /** An empty database, a running writer. */
  async begin(zone: string, clock: number, closeAfterHours: number): Promise<void> {
    await this.stopWriter();
    await this.pool.query(EMPTY);
    this.harness.setNow(clock);
    this.#time = new BusinessTime(zone);
    await this.startWriter(closeAfterHours);
  }

  get pool(): pg.Pool {
    return this.harness.pool;
  }

  /** What queries need beside the harness. */
  get context() {
    return { ...this.harness, time: this.#time, epoch: "model" };
  }

  /** Sends bodies at the same moment, in this order; what is refused is sent again. */
  async send(bodies: readonly Body[]): Promise<Counts[]> {
    const batches = await Promise.all(bodies.map((body) => this.#parse(body)));
    const answers = await Promise.all(batches.map((batch) => this.#offer(batch)));
    const all: Counts[] = [];
    // What follows a refused body was refused as well: one after the other, so that their order stays.
    for (const [index, batch] of batches.entries()) all.push(answers[index] ?? (await this.#insist(batch)));
    return all;
  }

  /** After `stopWriter`. */
  async startWriter(closeAfterHours: number): Promise<void> {
    this.#closeAfterHours = closeAfterHours;
    this.#writer = await this.#newWriter();
  }

  async stopWriter(): Promise<void> {
    const running = this.#writer;
    this.#writer = null;
    await running?.stop();
  }

  /** Another process takes over while this one still believes that it leads. */
  async takeOver(): Promise<void> {
    const successor = await this.#newWriter();
    await this.loseLease();
    await this.stopWriter();
    this.#writer = successor;
    await this.leads();
  }

  /** The epoch moves on: the next commit of the leader fails. */
  async loseLease(): Promise<void> {
    await this.pool.query("UPDATE lease SET epoch = epoch + 1, holder = '', expires_at = to_timestamp(0)");
  }

  /** Every connection of the writer breaks. */
  async cutConnections(): Promise<void> {
    await this.pool.query(
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
       WHERE datname = current_database() AND application_name = 'writer'`,
    );
  }

  async leads(): Promise<void> {
    await vi.waitFor(() => expect(this.#running.status().state).toBe("leading"), WAIT);
  }

  async close(): Promise<void> {
    await this.stopWriter();
    await this.harness.close();
  }

  /** Stops the writer with everything written. One that had just lost its lease leaves that to its successor. */
  async settle(): Promise<void> {
    await this.stopWriter();
    const { rowCount } = await this.pool.query(
      `SELECT 1 FROM stream WHERE covered_position <
         (SELECT max(position) FROM event_log WHERE stream = name) AND name <> 'premium_changes'`,
    );
    if (rowCount === 0) return;
    await this.startWriter(this.#closeAfterHours);
    await this.stopWriter();
  }

  get #running(): Writer {
    if (!this.#writer) throw new Error("no writer runs");
    return this.#writer;
  }

  #parse({ stream, lines, isReplay }: Body): Promise<IngestBatch> {
    const text = lines.map((line) => JSON.stringify(line)).join("\n");
    const clock = isReplay
      ? ({ kind: "event", from: 0 } as const)
      : ({ kind: "wall", now: this.harness.now(), skewMs: SKEW_MS } as const);
    return parseBatch(stream, "ndjson", Buffer.from(text), clock);
  }

  /** @returns null when the writer asks to come again */
  async #offer(batch: IngestBatch): Promise<Counts | null> {
    try {
      return counts(await this.#running.submit(batch));
    } catch (error) {
      if (error instanceof Unavailable) return null;
      throw error;
    }
  }

  async #insist(batch: IngestBatch): Promise<Counts> {
    const deadline = performance.now() + WAIT.timeout;
    while (performance.now() < deadline) {
      await this.leads();
      const answer = await this.#offer(batch);
      if (answer) return answer;
    }
    throw new Error("the writer did not come back");
  }

  /** Its connections can be told from ours. */
  #newWriter(): Promise<Writer> {
    const address = new URL(this.#url);
    address.searchParams.set("application_name", "writer");
    const given = { dayCloseAfterHours: this.#closeAfterHours, now: this.harness.now };
    return startTestWriter(address.href, 100_000, this.#time, given);
  }
}

import type { IngestBatch } from "../contracts/batch.ts";
import { type DispositionCounts, noDispositions, type StreamName } from "../contracts/streams.ts";
import type { FieldCipher } from "../lib/field-cipher.ts";
import type { LogRow } from "../streams/log/log.ts";
import { type AcceptedRun, encodePayload } from "../streams/log/payload.ts";
import { streamOf } from "../streams/streams.ts";

/** What one stream contributes to a group: its row of the log and what is added to its counters. */
export class StreamShare<S extends StreamName = StreamName> {
  readonly stream: S;
  readonly firstSeq: bigint;
  readonly dispositions: DispositionCounts = noDispositions();
  accepted = 0;
  received = 0;
  unknownFields = 0;
  /** ms */
  minEventTime = Number.POSITIVE_INFINITY;
  maxEventTime = Number.NEGATIVE_INFINITY;
  /** ms, of the newest batch. */
  #acceptedAt = 0;
  readonly #runs: AcceptedRun<S>[] = [];

  /** @param firstSeq number of the group's first event of the stream */
  constructor(stream: S, firstSeq: bigint) {
    this.stream = stream;
    this.firstSeq = firstSeq;
  }

  /** Greatest event time, ms; null: no event was accepted. */
  get watermark(): number | null {
    return this.accepted > 0 ? this.maxEventTime : null;
  }

  add(batch: IngestBatch<S>, counts: DispositionCounts): void {
    const { earliest, latest } = streamOf(this.stream).timeSpan(batch.events);
    this.minEventTime = Math.min(this.minEventTime, earliest);
    this.maxEventTime = Math.max(this.maxEventTime, latest);
    this.#runs.push({ acceptedAt: batch.acceptedAt, eventClock: batch.eventClock, events: batch.events });
    this.accepted += batch.events.length;
    this.received += batch.received;
    this.unknownFields += batch.unknownFields;
    this.#acceptedAt = Math.max(this.#acceptedAt, batch.acceptedAt);
    for (const [name, count] of Object.entries(counts) as [keyof DispositionCounts, number][]) {
      this.dispositions[name] += count;
    }
  }

  /** Null when nothing was accepted. */
  logRow(cipher: FieldCipher): LogRow | null {
    if (this.accepted === 0) return null;
    return {
      stream: this.stream,
      firstSeq: this.firstSeq,
      count: this.accepted,
      acceptedAt: this.#acceptedAt,
      minEventTime: this.minEventTime,
      maxEventTime: this.maxEventTime,
      payload: encodePayload(streamOf(this.stream).codec, this.#runs, cipher),
    };
  }
}

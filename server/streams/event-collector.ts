import type { BatchEvents } from "../contracts/batch-events.ts";
import type { StreamEvents } from "../contracts/events.ts";
import type { StreamName } from "../contracts/streams.ts";
import type { TakeBytes } from "../reader/records.ts";

/** Collects the valid events of one body. */
export interface EventCollector<S extends StreamName> {
  add(event: StreamEvents[S]): void;
  /** A short cut for ordinary records: adds what reading and validating their bytes would give. */
  readonly takes?: TakeBytes;
  /** What was collected; the collector is used up. */
  finish(): BatchEvents[S];
}

/** For streams whose events travel as objects. */
export function collectObjects<E>(): { add(event: E): void; finish(): readonly E[] } {
  const events: E[] = [];
  return { add: (event) => void events.push(event), finish: () => events };
}

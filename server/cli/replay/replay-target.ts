import type { IngestAnswer } from "#server/contracts/api/ingest.ts";
import type { StreamName } from "#server/contracts/streams.ts";
import type { Piece } from "#server/reader/cutter.ts";

/** How the events of a replay get their acceptance time (rule C3). */
export type ReplayClock = { readonly kind: "wall" } | { readonly kind: "event"; readonly from: number };

export type Sent = Omit<IngestAnswer, "stream" | "firstSeq" | "lastSeq" | "unknownFields">;

/** Where a replay goes: to the running system, or, if none runs, to a writer of our own. */
export interface ReplayTarget {
  readonly name: string;
  /** @throws {TooBusy | Unavailable} the same body may be sent again */
  send(stream: StreamName, piece: Piece, clock: ReplayClock): Promise<Sent>;
  close(): Promise<void>;
}

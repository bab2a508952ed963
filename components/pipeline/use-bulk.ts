"use client";
import { useQueryClient } from "@tanstack/react-query";
import { useRef, useState } from "react";
import type {
  CountedGroup,
  DiscardedDeadLetters,
  ReplayedDeadLetters,
} from "#server/contracts/api/dead-letters.ts";
import { fetchJson } from "../ui/fetch-json.ts";
import { rereadDeadLetters } from "./use-dead-letters.ts";

/** All open dead letters of a reason group, and what is to become of them. */
export interface Bulk {
  readonly action: "replay" | "discard";
  readonly group: CountedGroup;
  /** Only those received since then, as the screen counts them. */
  readonly from: string | null;
}

export interface BulkProgress {
  readonly state: "idle" | "running" | "done" | "halted";
  /** Replayed or discarded. */
  readonly settled: number;
  readonly refused: number;
  /** Why it halted. */
  readonly message: string | null;
}

const IDLE: BulkProgress = { state: "idle", settled: 0, refused: 0, message: null };

/** Deals with a reason group part after part, so that one sees how far it is and can stop it; what is done stays done. */
export function useBulk({ action, group, from }: Bulk) {
  const client = useQueryClient();
  const [progress, setProgress] = useState(IDLE);
  const isStopped = useRef(false);
  const start = async (reason: string) => {
    isStopped.current = false;
    let sum: BulkProgress = { ...IDLE, state: "running" };
    setProgress(sum);
    try {
      let cursor: string | null = null;
      do {
        const part: Part = await sendPart({ action, group, from }, reason, cursor);
        sum = { ...sum, settled: sum.settled + part.settled, refused: sum.refused + part.refused };
        setProgress(sum);
        cursor = part.nextCursor;
      } while (cursor !== null && !isStopped.current);
      setProgress({ ...sum, state: "done" });
    } catch (error) {
      setProgress({ ...sum, state: "halted", message: error instanceof Error ? error.message : "" });
    }
    await rereadDeadLetters(client);
  };
  const stop = () => {
    isStopped.current = true;
  };
  return { progress, start, stop };
}

interface Part {
  readonly settled: number;
  readonly refused: number;
  readonly nextCursor: string | null;
}

async function sendPart({ action, group, from }: Bulk, reason: string, cursor: string | null): Promise<Part> {
  const { stream, code, field } = group;
  const body = {
    stream,
    code,
    field,
    ...(from === null ? {} : { from }),
    ...(reason === "" ? {} : { reason }),
    ...(cursor === null ? {} : { cursor }),
  };
  if (action === "discard") {
    const path = "/api/v1/dead-letters/discards";
    const { discarded, nextCursor } = await fetchJson<DiscardedDeadLetters>(path, { method: "POST", body });
    return { settled: discarded, refused: 0, nextCursor };
  }
  const path = "/api/v1/dead-letters/replays";
  const { replayed, refused, nextCursor } = await fetchJson<ReplayedDeadLetters>(path, {
    method: "POST",
    body,
  });
  return { settled: replayed, refused, nextCursor };
}

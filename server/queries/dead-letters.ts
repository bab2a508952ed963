import type { z } from "zod";
import type { DeadLetter, DeadLetterReasons, deadLettersQuery } from "../contracts/api/pipeline.ts";
import { parseStreamName, streamName } from "../contracts/streams.ts";
import { InvalidInput } from "../lib/errors.ts";
import type { Runtime } from "../runtime.ts";
import { cutPage, decodeCursor } from "./cursor.ts";

type Query = z.infer<typeof deadLettersQuery>;

/** Refused lines, newest first: why, never the line itself. */
export async function deadLetters(
  rt: Pick<Runtime, "db">,
  query: Query,
): Promise<{ items: DeadLetter[]; nextCursor: string | null }> {
  const before = beforeCursor(query.cursor);
  const rows = await rt.db.deadLetter.findMany({
    where: {
      ...(query.stream ? { stream: knownStream(query.stream) } : {}),
      ...(query.code ? { code: query.code } : {}),
      ...(before === null ? {} : { id: { lt: before } }),
    },
    omit: { payload: true },
    orderBy: { id: "desc" },
    take: query.limit + 1,
  });
  const { items, nextCursor } = cutPage(rows, query.limit, (row) => [String(row.id)]);
  return {
    items: items.map((row) => ({
      ...row,
      id: String(row.id),
      stream: streamName.parse(row.stream),
      receivedAt: row.receivedAt.toISOString(),
    })),
    nextCursor,
  };
}

/** How many lines of each stream were refused with each code; most first. */
export async function deadLetterReasons(rt: Pick<Runtime, "db">): Promise<DeadLetterReasons> {
  const groups = await rt.db.deadLetter.groupBy({
    by: ["stream", "code"],
    _count: true,
    _max: { receivedAt: true },
  });
  const items = groups.map((group) => ({
    stream: streamName.parse(group.stream),
    code: group.code,
    count: group._count,
    lastAt: (group._max.receivedAt ?? new Date(0)).toISOString(),
  }));
  return { items: items.sort((a, b) => b.count - a.count) };
}

function knownStream(text: string): string {
  const stream = parseStreamName(text);
  if (!stream) throw new InvalidInput(`stream: write one of ${streamName.options.join(", ")}`);
  return stream;
}

/** Id of the last dead letter of the page before; null: from the newest. */
function beforeCursor(cursor: string | undefined): bigint | null {
  const id = decodeCursor(cursor, ["integer"])?.[0];
  return id === undefined ? null : BigInt(id);
}

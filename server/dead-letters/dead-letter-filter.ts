import type { DeadLetterFilter } from "../contracts/api/dead-letters.ts";
import { streamName } from "../contracts/api/streams.ts";
import { parseStreamName } from "../contracts/streams.ts";
import { InvalidInput } from "../lib/errors.ts";

/** Conditions on dead_letter, and their parameters: $1 and on. */
export interface DeadLetterWhere {
  readonly sql: string;
  readonly params: readonly unknown[];
}

/** @throws {InvalidInput} when there is no such stream */
export function whereOf(filter: DeadLetterFilter): DeadLetterWhere {
  const conditions: string[] = [];
  const params: unknown[] = [];
  const add = (sql: string, value: unknown) => {
    params.push(value);
    conditions.push(`d.${sql} $${params.length}`);
  };
  if (filter.state !== undefined) add("state =", filter.state);
  if (filter.stream) add("stream =", knownStream(filter.stream));
  if (filter.code) add("code =", filter.code);
  if (filter.field === "") conditions.push("d.field IS NULL");
  else if (filter.field !== undefined) add("field =", filter.field);
  if (filter.from !== undefined) add("received_at >=", new Date(filter.from));
  if (filter.to !== undefined) add("received_at <", new Date(filter.to));
  return { sql: conditions.length > 0 ? conditions.join(" AND ") : "true", params };
}

function knownStream(text: string): string {
  const stream = parseStreamName(text);
  if (!stream) throw new InvalidInput(`stream: write one of ${streamName.options.join(", ")}`);
  return stream;
}

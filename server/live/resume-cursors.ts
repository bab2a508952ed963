import { z } from "zod";
import { snapshotPosition } from "../contracts/api/common.ts";
import type { ResumeCursors } from "../contracts/live.ts";
import { TOPICS, type Topic } from "../contracts/live.ts";

const cursor = snapshotPosition.optional();
/** Topics that only another build knows are passed over. */
const schema = z.object(
  Object.fromEntries(TOPICS.map((topic) => [topic, cursor])) as Record<Topic, typeof cursor>,
);

/** What a reader says that it holds; null: it is not one of our pages that speaks. */
export function parseResumeCursors(given: unknown): ResumeCursors | null {
  const parsed = schema.safeParse(given);
  return parsed.success ? (parsed.data as ResumeCursors) : null;
}

import { type DataScope, isInScope } from "../access/data-scope.ts";
import type { Patch, Topic, TopicBodies } from "../contracts/live.ts";

/** Segments of the customers of a patch; one of no segment has none here. */
export type Segments = ReadonlyMap<string, string>;

export const NO_SEGMENTS: Segments = new Map();

/** Topics that name customers: whoever has a scope gets their patches narrowed. */
const NARROWED = ["retention", "key-users"] as const satisfies readonly Topic[];
export const isNarrowed = (topic: Topic): boolean => (NARROWED as readonly Topic[]).includes(topic);

/** Customers whom a patch names. */
export function customersIn(bodies: Partial<TopicBodies>): string[] {
  const ofCases = bodies.retention?.cases?.map(({ userId }) => userId) ?? [];
  return [...new Set([...ofCases, ...(bodies["key-users"]?.userIds ?? [])])];
}

/**
 * What of a patch somebody with a scope gets. Its positions stay, so that nothing is missed; of other customers it says no more than
 * that something was committed.
 */
export function narrowed<T extends Topic>(
  topic: T,
  patch: Patch<TopicBodies[T]>,
  segments: Segments,
  scope: DataScope,
): Patch<TopicBodies[T]> {
  if (scope === null || !isNarrowed(topic)) return patch;
  const isOwn = (userId: string) => isInScope(scope, segments.get(userId) ?? null);
  return { ...patch, body: bodyFor(topic, patch.body, isOwn) };
}

function bodyFor<T extends Topic>(
  topic: T,
  body: TopicBodies[T],
  isOwn: (userId: string) => boolean,
): TopicBodies[T] {
  if (topic === "retention") {
    const { cases } = body as TopicBodies["retention"];
    return { cases: cases?.filter(({ userId }) => isOwn(userId)) ?? null } as TopicBodies[T];
  }
  const { userIds } = body as TopicBodies["key-users"];
  return { userIds: userIds?.filter(isOwn) ?? null } as TopicBodies[T];
}

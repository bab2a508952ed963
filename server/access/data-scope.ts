import type { Actor } from "./can.ts";

/** Segments of the key-user list whose customers somebody sees; null: all customers, also those of no segment. */
export type DataScope = readonly string[] | null;

/** A manager may have a scope; nobody else has one, and machines neither. */
export const dataScopeOf = (actor: Actor): DataScope =>
  actor.kind === "person" && actor.role === "manager" && actor.segments && actor.segments.length > 0
    ? actor.segments
    : null;

/** Whether a customer of this segment is in a scope. */
export const isInScope = (scope: DataScope, segment: string | null): boolean =>
  scope === null || (segment !== null && scope.includes(segment));

/**
 * The condition that a customer is in a scope, as SQL; without a scope: none.
 * @param customer the column with the customer's number
 */
export function scopeCondition(
  scope: DataScope,
  customer: string,
  bind: (value: unknown) => string,
): readonly string[] {
  if (scope === null) return [];
  const own = `of_scope.user_id = ${customer} AND of_scope.segment = ANY (${bind(scope)}::text[])`;
  return [`EXISTS (SELECT 1 FROM key_user of_scope WHERE ${own})`];
}

import type { HourFigures, Hourly, Moves } from "#server/contracts/api/orders.ts";
import { dateOfHour } from "#server/contracts/business-time.ts";
import type { TopicBodies } from "#server/contracts/live.ts";
import { LISTED_MOVES } from "#server/contracts/live.ts";
import { mergeMoves } from "./prepare-moves.ts";

type Body = TopicBodies["orders"];

/** Carries a day forward by what changed, its closing and revisions too; hours of other days are not its business. */
export function followHours(data: Hourly, body: Body): Hourly {
  const hours = new Map<string, HourFigures>(data.hours.map((hour) => [hour.bizHour, hour]));
  for (const hour of body.hours) if (dateOfHour(hour.bizHour) === data.date) hours.set(hour.bizHour, hour);
  for (const bizHour of body.gone) hours.delete(bizHour);
  const sorted = [...hours.values()].sort((a, b) => (a.bizHour < b.bizHour ? -1 : 1));
  const said = body.days.find(({ date }) => date === data.date)?.revision ?? 0;
  const revision = Math.max(data.revision, said);
  return {
    ...data,
    revision,
    closed: revision > 0,
    hours: sorted,
    completeTo: later(data.completeTo, body.completeTo),
  };
}

/** Moves of one day as the browser keeps them. */
export interface KeptMoves extends Moves {
  /** Keys of moves before which there were more than are listed. */
  readonly cuts?: ReadonlySet<string>;
}

/** What a server lists: before the oldest of a full list there were more. */
export function asListed(moves: KeptMoves): KeptMoves {
  const oldest = moves.items.at(-1)?.key;
  return moves.items.length < LISTED_MOVES || oldest === undefined
    ? moves
    : { ...moves, cuts: new Set([oldest]) };
}

/** What moved on one day; moves of other days are not its business. */
export function followMoves(date: string, data: KeptMoves, body: Body): KeptMoves {
  const oldest = body.moves.at(-1)?.key;
  const isCut = body.moveCount > body.moves.length && oldest !== undefined;
  return {
    ...data,
    items: mergeMoves(
      body.moves.filter((move) => dateOfHour(move.bizHour) === date),
      data.items,
    ),
    cuts: isCut ? new Set([...(data.cuts ?? []), oldest].slice(-100)) : (data.cuts ?? new Set()),
    perSecond: body.movesPerSecond,
  };
}

/** The server writes all instants in one form, so their texts compare. */
function later(a: string | null, b: string | null): string | null {
  if (a === null || b === null) return a ?? b;
  return a < b ? b : a;
}

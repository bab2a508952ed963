import { type DehydratedState, dehydrate, QueryClient } from "@tanstack/react-query";
import { type AddressFacts, readAddress } from "#components/orders/address.ts";
import { hourlyKey, MOVES_KEY } from "#components/orders/board-keys.ts";
import { context } from "#server/context.ts";
import { hourly } from "#server/orders/hourly.ts";
import { recentMoves } from "#server/orders/recent-moves.ts";

/**
 * The figures of the board's first paint, put where the browser's own queries look for them. What cannot be read here is
 * left out: the browser asks for it again and says what is wrong.
 */
export async function firstFigures(
  search: Readonly<Record<string, string | string[] | undefined>>,
  facts: Omit<AddressFacts, "today">,
): Promise<DehydratedState> {
  const ctx = context();
  const asked = (name: string) => [search[name]].flat()[0] ?? null;
  const { date, revision } = readAddress(
    { date: asked("date"), with: asked("with"), hour: asked("hour"), revision: asked("revision") },
    { ...facts, today: ctx.time.dateOf(ctx.now()) },
  );
  const client = new QueryClient();
  await Promise.all([
    client.prefetchQuery({
      queryKey: hourlyKey(date, revision),
      queryFn: () => hourly(ctx, { date, revision: revision ?? undefined }),
    }),
    client.prefetchQuery({ queryKey: MOVES_KEY, queryFn: () => recentMoves(ctx) }),
  ]);
  return dehydrate(client);
}

import { HydrationBoundary } from "@tanstack/react-query";
import { cookies } from "next/headers";
import { titled } from "#app/page-title.ts";
import { COMPARE_COOKIE, rememberedCompare } from "#components/orders/compare-choice.ts";
import { OrdersPage } from "#components/orders/orders-page.tsx";
import { context } from "#server/context.ts";
import { requirePerson } from "#server/http/require-person.ts";
import { firstDay } from "#server/orders/first-day.ts";
import { firstFigures } from "./first-figures.ts";

export const generateMetadata = titled((messages) => messages.orders.title);

interface OrdersProps {
  readonly searchParams: Promise<Readonly<Record<string, string | string[] | undefined>>>;
}

export default async function Orders({ searchParams }: OrdersProps) {
  await requirePerson("orders.read");
  const remembered = rememberedCompare((await cookies()).get(COMPARE_COOKIE)?.value);
  const first = await firstDay(context()).catch(() => null); // only a database that is away: the page says so
  const facts = { firstDay: first, remembered };
  return (
    <HydrationBoundary state={await firstFigures(await searchParams, facts)}>
      <OrdersPage {...facts} />
    </HydrationBoundary>
  );
}

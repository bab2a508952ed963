import { HydrationBoundary } from "@tanstack/react-query";
import { titled } from "#app/page-title.ts";
import { OrdersPage } from "#components/orders/orders-page.tsx";
import { requirePerson } from "#server/http/require-person.ts";
import { firstFigures } from "./first-figures.ts";

export const generateMetadata = titled((messages) => messages.orders.title);

interface OrdersProps {
  readonly searchParams: Promise<Readonly<Record<string, string | string[] | undefined>>>;
}

export default async function Orders({ searchParams }: OrdersProps) {
  await requirePerson("orders.read");
  return (
    <HydrationBoundary state={await firstFigures(await searchParams)}>
      <OrdersPage />
    </HydrationBoundary>
  );
}

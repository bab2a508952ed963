import type { Metadata } from "next";
import { OrdersPage } from "../../../components/orders/orders-page.tsx";
import { requirePerson } from "../../../server/access/require-person.ts";

export const metadata: Metadata = { title: "Hourly premium" };

export default async function Page() {
  await requirePerson("orders.read");
  return <OrdersPage />;
}

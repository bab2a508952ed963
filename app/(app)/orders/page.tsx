import { OrdersPage } from "../../../components/orders/orders-page.tsx";
import { requirePerson } from "../../../server/access/require-person.ts";
import { runtime } from "../../../server/runtime.ts";
import { titled } from "../../page-title.ts";

export const generateMetadata = titled((messages) => messages.orders.title);

export default async function Orders() {
  await requirePerson("orders.read");
  return <OrdersPage renderedAt={runtime().now()} />;
}

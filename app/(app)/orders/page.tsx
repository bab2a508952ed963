import { OrdersPage } from "../../../components/orders/orders-page.tsx";
import { requirePerson } from "../../../server/access/require-person.ts";
import { runtime } from "../../../server/runtime.ts";

export default async function Orders() {
  await requirePerson("orders.read");
  return <OrdersPage renderedAt={runtime().now()} />;
}

import type { Meta, StoryObj } from "@storybook/react-vite";
import { answer, FAILED, NEVER } from "#testing/gallery/answers.ts";
import { aComparison, aDay, someMoves, TODAY } from "#testing/gallery/factories/orders.ts";
import { within } from "#testing/gallery/setting.ts";
import { OrdersPage } from "./orders-page.tsx";

export default { title: "orders/OrdersPage" } satisfies Meta;

type Story = StoryObj;

const HOURLY = "/api/v1/orders/hourly";
const search = `date=${TODAY}`;
const FULL = {
  [HOURLY]: answer(aDay()),
  "/api/v1/orders/comparison": answer(aComparison()),
  "/api/v1/orders/usual-gap": answer({ hour: "2026112214", days: 14, usualMs: 60_000 }),
  "/api/v1/orders/moves": answer(someMoves()),
};
const PAGE = <OrdersPage remembered="yesterday" firstDay="2026-10-01" />;

export const Full: Story = { parameters: within({ search, answers: FULL }), render: () => PAGE };

export const Closed: Story = {
  parameters: within({ search, answers: { ...FULL, [HOURLY]: answer(aDay({ closed: true, revision: 2 })) } }),
  render: () => PAGE,
};

export const Loading: Story = {
  parameters: within({ search, answers: { ...FULL, [HOURLY]: NEVER } }),
  render: () => PAGE,
};

export const Failed: Story = {
  parameters: within({ search, answers: { ...FULL, [HOURLY]: FAILED } }),
  render: () => PAGE,
};

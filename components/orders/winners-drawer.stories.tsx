import type { Meta, StoryObj } from "@storybook/react-vite";
import { answer, FAILED, NEVER } from "#testing/gallery/answers.ts";
import { someCauses, someWinners } from "#testing/gallery/factories/orders.ts";
import { within } from "#testing/gallery/setting.ts";
import { WinnersDrawer } from "./winners-drawer.tsx";

export default { title: "orders/WinnersDrawer" } satisfies Meta;

type Story = StoryObj;

const ORDERS = "/api/v1/orders/hours/2026112214/orders";
const CAUSES = "/api/v1/orders/hours/2026112214/causes";
const NONE = { items: [], nextCursor: null };
const DRAWER = <WinnersDrawer bizHour="2026112214" onClose={() => undefined} />;

export const Full: Story = {
  parameters: within({ answers: { [ORDERS]: answer(someWinners()), [CAUSES]: answer(someCauses()) } }),
  render: () => DRAWER,
};

export const Empty: Story = {
  parameters: within({ answers: { [ORDERS]: answer(NONE), [CAUSES]: answer(NONE) } }),
  render: () => DRAWER,
};

export const Loading: Story = {
  parameters: within({ answers: { [ORDERS]: NEVER, [CAUSES]: NEVER } }),
  render: () => DRAWER,
};

export const Failed: Story = {
  parameters: within({ answers: { [ORDERS]: FAILED, [CAUSES]: FAILED } }),
  render: () => DRAWER,
};

import type { Meta, StoryObj } from "@storybook/react-vite";
import { answer, FAILED, NEVER } from "#testing/gallery/answers.ts";
import { rowsOf, someChanges, someWinners, someWords } from "#testing/gallery/factories/orders.ts";
import { within } from "#testing/gallery/setting.ts";
import { HourOrders } from "./hour-orders.tsx";
import { Inspector } from "./inspector.tsx";

export default { title: "orders/Inspector" } satisfies Meta;

type Story = StoryObj;

const CHANGES = "/api/v1/orders/hours/*/changes";
const SHOWN = {
  row: rowsOf().filter(({ clock }) => clock === "08")[0] as ReturnType<typeof rowsOf>[number],
  words: someWords(),
  stale: false,
  onHour: () => undefined,
  onClose: () => undefined,
};

export const Fell: Story = {
  parameters: within({ answers: { [CHANGES]: answer(someChanges()) } }),
  render: () => <Inspector {...SHOWN} />,
};

export const Unchanged: Story = {
  parameters: within({
    answers: {
      [CHANGES]: answer(
        someChanges({ items: [], before: "78286.50", counts: { left: 0, amended: 0, joined: 0 } }),
      ),
    },
  }),
  render: () => <Inspector {...SHOWN} />,
};

export const Loading: Story = {
  parameters: within({ answers: { [CHANGES]: NEVER } }),
  render: () => <Inspector {...SHOWN} />,
};

export const Failed: Story = {
  parameters: within({ answers: { [CHANGES]: FAILED } }),
  render: () => <Inspector {...SHOWN} />,
};

export const Stale: Story = {
  parameters: within({ answers: { [CHANGES]: answer(someChanges()) } }),
  render: () => <Inspector {...SHOWN} stale />,
};

export const Orders: Story = {
  parameters: within({ answers: { "/api/v1/orders/hours/*/orders": answer(someWinners()) } }),
  render: () => <HourOrders bizHour="2026112208" />,
};

import type { Meta, StoryObj } from "@storybook/react-vite";
import { aChoice, aClock, TODAY } from "#testing/gallery/factories/orders.ts";
import { BoardTools } from "./board-tools.tsx";

export default { title: "orders/BoardTools" } satisfies Meta;

type Story = StoryObj;

export const Today: Story = {
  render: () => <BoardTools date={TODAY} clock={aClock()} choice={aChoice()} revision={0} />,
};

export const ClosedDay: Story = {
  render: () => (
    <BoardTools date="2026-11-20" clock={aClock()} choice={aChoice({ date: "2026-11-20" })} revision={2} />
  ),
};

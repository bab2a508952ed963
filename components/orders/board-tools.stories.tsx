import type { Meta, StoryObj } from "@storybook/react-vite";
import { anAddress, TODAY } from "#testing/gallery/factories/orders.ts";
import { BoardTools } from "./board-tools.tsx";

export default { title: "orders/BoardTools" } satisfies Meta;

type Story = StoryObj;

const SHOWN = {
  address: anAddress(),
  today: TODAY,
  firstDay: "2026-10-01",
  choose: async () => new URLSearchParams(),
  revision: 0,
};

export const Today: Story = {
  render: () => <BoardTools {...SHOWN} />,
};

export const ClosedDay: Story = {
  render: () => <BoardTools {...SHOWN} address={anAddress({ date: "2026-11-20" })} revision={2} />,
};

export const BesideAnyDay: Story = {
  render: () => <BoardTools {...SHOWN} address={anAddress({ compared: "2026-11-03" })} />,
};
